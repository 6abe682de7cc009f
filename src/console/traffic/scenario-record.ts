/** The record that an answer shows, as a scenario file has it: taken from the sandbox's own state. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { JournalEntry, StateDocument } from '../../control-api/control-api.ts';

/** Rejects if the state has no record with an id of the answer. */
export async function renderScenarioRecord(
  entry: JournalEntry,
  state: StateDocument,
): Promise<string> {
  const { vendor, response } = entry;
  const section =
    vendor === null ? undefined : (state as Readonly<Record<string, unknown>>)[vendor];
  const ids =
    response.body !== null && 'json' in response.body ? idsIn(response.body.json as Json) : [];
  const found = isJsonObject(section) ? findRecord(section, ids) : undefined;
  if (!found || vendor === null)
    throw new Error(
      'The state has no record that this answer shows. Choose a call that created one.',
    );
  const { stringify } = await import('yaml');
  return stringify({ [vendor]: { [found.list]: [found.record] } });
}

function findRecord(
  section: JsonObject,
  ids: readonly (string | number)[],
): { readonly list: string; readonly record: JsonObject } | undefined {
  for (const id of ids) {
    for (const [list, items] of Object.entries(section)) {
      if (!Array.isArray(items)) continue;
      const record = items.filter(isJsonObject).find((item) => idsOf(item).includes(id));
      if (record) return { list, record };
    }
  }
  return undefined;
}

/** The ids of the answer's objects, the outermost first. */
function idsIn(value: Json): readonly (string | number)[] {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (!isJsonObject(value)) return [];
  return [...idsOf(value), ...Object.values(value).flatMap((part) => idsIn(part ?? null))];
}

function idsOf(object: JsonObject): readonly (string | number)[] {
  return ['id', 'Id', 'ID', 'licenseId', 'external_id'].flatMap((name) => {
    const id = object[name];
    return typeof id === 'string' || typeof id === 'number' ? [id] : [];
  });
}
