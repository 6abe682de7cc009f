/** The collections that people look into, and the life of their records. */
import { MockError } from '../errors.ts';
import { parseMoment } from '../time/moment.ts';
import type { JsonObject } from '../messages/json.ts';
import { testFor } from '../store/condition.ts';
import type { Collection, Key, Records, Transaction } from '../store/store.ts';
import { outline, type Outline } from '../vendors/outline.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { Call, ControlParts } from './call.ts';

type Shown = { readonly vendor: Vendor; readonly outline: Outline };

type Happening = { readonly at: string; readonly event: string; readonly field: string };

/** By vendor. A vendor without outlines shows all its collections, with all fields. */
export function shownCollections({ served }: ControlParts): readonly Shown[] {
  return served.flatMap(({ vendor }) => {
    const outlines = vendor.outlines ?? vendor.collections.map(outlinePlainly);
    return outlines.map((each) => ({ vendor, outline: each }));
  });
}

/** Throws `MockError` `no-such-collection`. */
export function collectionOf({ parameters }: Call, parts: ControlParts): Outline {
  const name = parameters['collection'] ?? '';
  const all = shownCollections(parts).map((shown) => shown.outline);
  const found = all.find(({ collection }) => collection.name === name);
  if (found) return found;
  const names = all.map(({ collection }) => collection.name).join(', ');
  throw new MockError(
    'no-such-collection',
    `There is no collection "${name.slice(0, 80)}". There are: ${names}.`,
  );
}

/** The fields of any record. A collection whose type is not known here is read as JSON objects. */
export function recordsIn(
  transaction: Transaction,
  collection: Collection<never>,
): Records<JsonObject> {
  return transaction.in(collection as unknown as Collection<JsonObject>);
}

export function keyIn(record: JsonObject, { key }: Collection<never>): Key {
  const value = record[key];
  return typeof value === 'number' ? value : String(value);
}

/** What people call the record. */
export function titleOf(record: JsonObject, { title, collection }: Outline): string {
  const named = record[title];
  return typeof named === 'string' && named !== '' ? named : String(keyIn(record, collection));
}

/** What happened and will happen to the record, by time. Nothing, if it no longer lives. */
export function momentsOf(record: JsonObject, { moments, living }: Outline): readonly Happening[] {
  if (!living.every((condition) => testFor(condition)(record))) return [];
  return moments
    .flatMap(({ field, event }): Happening[] => {
      const value = record[field];
      const at = typeof value === 'string' ? parseMoment(value, 0) : undefined;
      return at === undefined ? [] : [{ at: new Date(at).toISOString(), event, field }];
    })
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function outlinePlainly(collection: Collection<never>): Outline {
  const { key } = collection;
  return outline(collection as unknown as Collection<JsonObject>, {
    label: collection.name,
    title: key,
    columns: [],
  });
}
