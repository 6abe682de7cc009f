/**
 * Replaces everything in a section that can name a customer: texts, ids, emails. The same value has the same stand-in
 * everywhere, so relations stay. Stand-ins sort as the values did, so lists page, sort and filter as before. Kept are
 * dates, numbers that are no ids, booleans, and texts of a fixed set.
 */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import { compareValues } from '../../store/compare.ts';

export type Anonymized = {
  readonly section: JsonObject;
  /** The fields whose values were kept: `licenses[].count (number)`. Sorted. */
  readonly kept: readonly string[];
};

type Kind = 'email' | 'uuid' | 'url' | 'text' | 'number';

/** A schema of a section, as far as it is looked at. */
type Part = {
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly anyOf?: readonly Part[];
  readonly oneOf?: readonly Part[];
  readonly allOf?: readonly Part[];
  readonly then?: Part;
  readonly else?: Part;
  readonly additionalProperties?: boolean | Part;
  readonly format?: string;
  readonly enum?: readonly Json[];
};

type Place = { readonly parts: readonly Part[]; readonly path: string; readonly name: string };

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const URL_START = /^https?:\/\//i;
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
const ID_NAME = /(?:^|_)ids?$|Ids?$/;
/** A name of a free field that can be a value itself. */
const SPEAKING = /[@\s]|\d{4,}/;

/** `kept`: paths of texts to keep, as in `PullPart`. */
export function anonymize(
  section: JsonObject,
  schema: object,
  kept: readonly string[],
): Anonymized {
  const found = new Map<Kind, Set<string | number>>();
  const keptFields = new Set<string>();
  const isKept = new Set(kept);

  /** Undefined: the value is kept. */
  const kindOf = (value: string | number, { parts, path, name }: Place): Kind | undefined => {
    const isFree = parts.length === 0;
    if (typeof value === 'number') return isFree || ID_NAME.test(name) ? 'number' : undefined;
    if (value === '' || isKept.has(path)) return undefined;
    if (parts.some((part) => part.enum?.includes(value))) return undefined;
    if (parts.some(({ format }) => format === 'moment') && DATE.test(value)) return undefined;
    if (EMAIL.test(value)) return 'email';
    if (UUID.test(value)) return 'uuid';
    return URL_START.test(value) ? 'url' : 'text';
  };
  const keyOf = (value: string | number, kind: Kind): string | number =>
    typeof value === 'string' && (kind === 'uuid' || kind === 'email')
      ? value.toLowerCase()
      : value;

  const collect = (value: string | number, place: Place): Json => {
    const kind = kindOf(value, place);
    if (kind === undefined) keptFields.add(`${place.path} (${describe(value)})`);
    else found.set(kind, (found.get(kind) ?? new Set()).add(keyOf(value, kind)));
    return value;
  };
  const collectName = (name: string): string => {
    if (SPEAKING.test(name)) found.set('text', (found.get('text') ?? new Set()).add(name));
    return name;
  };
  walk(section, rootOf(schema), { leaf: collect, name: collectName, keep: keptFields });

  const standIns = new Map(
    [...found].map(([kind, values]) => [kind, createStandIns(kind, values)] as const),
  );
  const replace = (value: string | number, place: Place): Json => {
    const kind = kindOf(value, place);
    if (kind === undefined) return value;
    return standIns.get(kind)?.get(keyOf(value, kind)) ?? null;
  };
  const replaceName = (name: string): string =>
    SPEAKING.test(name) ? String(standIns.get('text')?.get(name)) : name;
  const replaced = walk(section, rootOf(schema), { leaf: replace, name: replaceName });
  return { section: replaced as JsonObject, kept: [...keptFields].toSorted() };
}

function rootOf(schema: object): Place {
  return { parts: alternatives(schema as Part), path: '', name: '' };
}

/** Copies a value, with each text and number as `leaf` gives it. `keep`: collects the fields of booleans. */
function walk(
  value: Json,
  place: Place,
  to: {
    readonly leaf: (value: string | number, place: Place) => Json;
    readonly name: (name: string) => string;
    readonly keep?: Set<string>;
  },
): Json {
  if (Array.isArray(value)) {
    const items = { ...place, parts: place.parts.flatMap(itemsOf), path: `${place.path}[]` };
    return value.map((each) => walk(each, items, to));
  }
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => {
        const parts = place.parts.flatMap((part) => propertyOf(part, name));
        // Names of free fields are data of a customer's, such as an address.
        const shown = isNamed(place.parts, name) ? name : to.name(name);
        const path = place.path === '' ? shown : `${place.path}.${shown}`;
        return [shown, walk(each, { parts, path, name }, to)];
      }),
    );
  }
  if (typeof value === 'string' || typeof value === 'number') return to.leaf(value, place);
  if (typeof value === 'boolean') to.keep?.add(`${place.path} (boolean)`);
  return value;
}

/** Every part that can describe the value. */
function alternatives(part: Part): readonly Part[] {
  const { anyOf = [], oneOf = [], allOf = [], then: one, else: other } = part;
  const inner = [...anyOf, ...oneOf, ...allOf, one ?? [], other ?? []].flat();
  return [part, ...inner.flatMap(alternatives)];
}

function propertyOf({ properties = {} }: Part, name: string): readonly Part[] {
  const found = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return found ? alternatives(found) : [];
}

function itemsOf({ items }: Part): readonly Part[] {
  return items ? alternatives(items) : [];
}

function isNamed(parts: readonly Part[], name: string): boolean {
  return parts.some(({ properties = {} }) => Object.hasOwn(properties, name));
}

function describe(value: string | number): string {
  if (typeof value === 'number') return 'number';
  return DATE.test(value) ? 'date' : 'text';
}

/** Numbered in the order of the values. */
function createStandIns(
  kind: Kind,
  values: ReadonlySet<string | number>,
): ReadonlyMap<string | number, string | number> {
  const sorted = [...values].toSorted(compareValues);
  const digits = Math.max(5, String(sorted.length).length);
  const base = baseAbove(sorted);
  return new Map(
    sorted.map((value, rank) => {
      const number = String(rank + 1).padStart(digits, '0');
      return [value, kind === 'number' ? base + rank + 1 : textFor(kind, number)];
    }),
  );
}

function textFor(kind: Exclude<Kind, 'number'>, number: string): string {
  switch (kind) {
    case 'email':
      return `user-${number}@example.com`;
    case 'uuid':
      return `00000000-0000-4000-8000-${number.padStart(12, '0')}`;
    case 'url':
      return `https://example.com/${number}`;
    case 'text':
      return `text-${number}`;
  }
}

/** A power of ten above all of them, so that no stand-in is one of the values. Ids have 31 bits. */
function baseAbove(values: readonly (string | number)[]): number {
  const highest = values.reduce<number>((most, value) => Math.max(most, Number(value) || 0), 0);
  const base = 10 ** Math.ceil(Math.log10(highest + 1));
  return base + values.length < 2 ** 31 ? base : 0;
}
