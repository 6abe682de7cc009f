/** The envelopes of the answers, with their members in order. The vendor has two classes called ApiResponse. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { Reply } from '../../messages/message.ts';
import type { Page } from './pages.ts';

/** ApiResponseOfGetLicenseResponse. */
export function apiResponse(data: JsonObject | null, errors: readonly string[] = []): JsonObject {
  return { IsSuccess: errors.length === 0, Errors: [...errors], Data: data };
}

/** ApiResponseOfLicenseDto. */
export function indexResponse(data: JsonObject | null, errors: readonly string[] = []): JsonObject {
  return { Data: data, Errors: [...errors] };
}

/** ApiCollectionResponseOfIEnumerableOf…. ALICE-SEARCH-ANSWER. */
export function collectionResponse(
  rows: readonly JsonObject[],
  total: number,
  { size, index, sizes }: Page,
  asked: { readonly filters: Json; readonly sortFields: Json },
): JsonObject {
  return {
    IsSuccess: true,
    Errors: [],
    Data: [...rows],
    Filters: asked.filters,
    SortFields: asked.sortFields,
    AvailablePageSizes: [...sizes],
    PageSize: size,
    PageIndex: index,
    Total: total,
  };
}

export function ok(body: Json, status = 200): Reply {
  return { status, body };
}
