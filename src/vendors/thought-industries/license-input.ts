/** What a checked request asks for. */
import type { Problem } from '../../frameworks/framework.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import { REFS, type LicenseFields, type ListName, type Refs } from './records.ts';
import { parseTimestamp } from './timestamp.ts';

export type LicenseInput = {
  /** TI-OMITTED: what was left out is null, or false for a switch. */
  readonly fields: Omit<LicenseFields, 'createdAt' | 'updatedAt'>;
  /** True: the license's list takes the place of the client's. */
  readonly replace: Readonly<Record<ListName, boolean>>;
};

/** A problem only where `expirationDate` in UTC falls out of the years that a timestamp can say. */
export function readInput(body: Json | undefined): LicenseInput | Problem {
  const sent = body as JsonObject;
  const expiration = textOrNull(sent['expirationDate']);
  const expirationDate = expiration === null ? null : parseTimestamp(expiration)?.utc;
  if (expirationDate === undefined) {
    const violation = {
      in: 'body' as const,
      path: ['expirationDate'],
      keyword: 'format',
      message: 'is no moment of the years 0 to 9999 in UTC',
    };
    return { problem: 'invalid', violations: [violation] };
  }
  return {
    fields: {
      clientId: String(sent['clientId']),
      ...mapLists((name) => uniqueTexts(sent[name])),
      name: String(sent['name']),
      label: textOrNull(sent['label']),
      sku: textOrNull(sent['sku']),
      seatsLimit: numberOrNull(sent['seatsLimit']),
      parentLicenseId: textOrNull(sent['parentLicenseId']),
      accessDays: numberOrNull(sent['accessDays']),
      expirationDate,
      enableBranding: sent['enableBranding'] === true,
      isDefault: sent['isDefault'] === true,
      ...readRefs(sent),
    },
    replace: {
      courseIds: sent['replaceCourseIds'] === true,
      learningPathIds: sent['replaceLearningPathIds'] === true,
      courseTagIds: sent['replaceCourseTagIds'] === true,
    },
  };
}

/** One value for each of the three lists. */
export function mapLists<T>(value: (name: ListName) => T): Record<ListName, T> {
  return {
    courseIds: value('courseIds'),
    learningPathIds: value('learningPathIds'),
    courseTagIds: value('courseTagIds'),
  };
}

export function readRefs(from: JsonObject): Refs {
  return Object.fromEntries(REFS.map((name) => [name, textOrNull(from[name])])) as Refs;
}

export function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export function numberOrNull(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** TI-LICENSE-LISTS: an id that comes twice counts once. */
export function uniqueTexts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.map(String))] : [];
}
