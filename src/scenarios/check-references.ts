/** Finds names in a scenario that are not in the list that the scenario itself has of them: most often typing errors. */
import { findSimilar } from '../matching/nearest.ts';
import { isJsonObject, type Json, type JsonObject } from '../messages/json.ts';
import type { Vendor } from '../vendors/vendor.ts';

export type UnknownReference = {
  /** From the root of the document. */
  readonly path: readonly string[];
  readonly message: string;
};

/**
 * `document` as the file has it. A list that is missing or empty is no list of what exists. A file that says
 * `references: open` wants unknown names to be created.
 */
export function findUnknownReferences(
  document: JsonObject,
  vendors: readonly Vendor[],
): readonly UnknownReference[] {
  if (document['references'] === 'open') return [];
  return vendors.flatMap(({ name, scenario: { references = [] } }) => {
    const section = document[name];
    if (!isJsonObject(section)) return [];
    return references.flatMap(({ list, field, of, key }) => {
      const known = itemsOf(section[of]).flatMap((item) => [item[key]].flat());
      if (known.length === 0) return [];
      return itemsOf(section[list]).flatMap((item, index) =>
        valuesOf(item[field])
          .filter((value) => !known.includes(value))
          .map((value) => ({
            path: [name, list, String(index), field],
            message: describe(value, of, known.map(String)),
          })),
      );
    });
  });
}

function describe(value: string, of: string, known: readonly string[]): string {
  const similar = findSimilar(value, known);
  const guess = similar === undefined ? '' : ` Did you mean ${similar}?`;
  return `"${value.slice(0, 100)}" is not in ${of}.${guess} To have it created, write "references: open" in the file.`;
}

function itemsOf(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** Parameters such as `{externalId}` have no value yet. */
function valuesOf(value: Json | undefined): readonly string[] {
  return [value ?? []]
    .flat()
    .flatMap((each) => (typeof each === 'string' && !each.includes('{') ? [each] : []));
}
