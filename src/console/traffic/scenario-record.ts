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
  const answer = response.body !== null && 'json' in response.body ? response.body.json : null;
  const found = isJsonObject(section) ? findRecord(section, answer as Json) : undefined;
  if (!found || vendor === null)
    throw new Error(
      'The state has no record that this answer shows. Choose a call that created one.',
    );
  const { stringify } = await import('yaml');
  return stringify({ [vendor]: { [found.list]: [found.record] } });
}

type Found = { readonly list: string; readonly record: JsonObject; readonly score: number };

/** Ids of different lists can be equal, so the record that shares the most fields with the answer counts. */
function findRecord(section: JsonObject, answer: Json): Found | undefined {
  const shown = objectsIn(answer);
  const found = Object.entries(section).flatMap(([list, items]) =>
    (Array.isArray(items) ? items : [])
      .filter(isJsonObject)
      .map((record): Found => ({ list, record, score: scoreOf(record, shown) })),
  );
  const best = found.toSorted((a, b) => b.score - a.score)[0];
  return best && best.score > 0 ? best : undefined;
}

/** How many fields the record shares with one of the objects; 0 if their ids differ. */
function scoreOf(record: JsonObject, shown: readonly JsonObject[]): number {
  const scores = shown.map((object) => {
    const isSame = (name: string) => JSON.stringify(object[name]) === JSON.stringify(record[name]);
    const names = Object.keys(object).filter((name) => name in record);
    const hasId = IDS.some((name) => object[name] !== undefined && isSame(name));
    return hasId ? names.filter(isSame).length : 0;
  });
  return Math.max(0, ...scores);
}

const IDS = ['id', 'Id', 'ID', 'external_id'];

function objectsIn(value: Json): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isJsonObject(value)) return [];
  return [value, ...Object.values(value).flatMap((part) => objectsIn(part ?? null))];
}
