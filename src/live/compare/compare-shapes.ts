/**
 * Compares two JSON values by their form: fields, order of fields, types of values. The data differ, so values are
 * not compared, and what only one side has is no difference.
 */
import type { Drift, NotComparable } from '../../control-api/control-api.ts';
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { Schema } from '../../openapi/operation.ts';
import { dateFormOf } from './date-form.ts';
import {
  allows,
  fits,
  formsOf,
  formsOfField,
  formsOfItems,
  isOpen,
  kindOf,
  type Forms,
} from './fitting-schemas.ts';
import { outlineOnce } from './outline.ts';

export type Differences = { readonly drift: Drift[]; readonly notComparable: NotComparable[] };

/** What was found, by the outlines of both values: the same answers come again and again. */
const byOutline = new WeakMap<Schema, Map<string, Differences>>();
const MAX_KNOWN = 100;
const MAX_KNOWN_LENGTH = 20_000;

/** `schema`: that of the mock's answer; undefined if it is not known. */
export function compareShapes(mock: Json, live: Json, schema: Schema | undefined): Differences {
  const find = (): Differences => {
    const found: Differences = { drift: [], notComparable: [] };
    compareValues([mock], [live], { forms: formsOf(schema), path: 'body' }, found);
    return found;
  };
  if (!schema) return find();
  const [ours, theirs] = [outlineOnce(mock), outlineOnce(live)];
  const outline = `${ours.length}:${ours}${theirs}`;
  let ofSchema = byOutline.get(schema);
  if (!ofSchema) byOutline.set(schema, (ofSchema = new Map()));
  const there = ofSchema.get(outline);
  if (there) return there;
  const found = find();
  if (outline.length > MAX_KNOWN_LENGTH) return found;
  if (ofSchema.size >= MAX_KNOWN) ofSchema.clear();
  ofSchema.set(outline, found);
  return found;
}

type Place = { readonly forms: Forms; readonly path: string };

/** All values that each side has at one place: in a list there are several. */
function compareValues(
  mock: readonly Json[],
  live: readonly Json[],
  place: Place,
  found: Differences,
): void {
  if (mock.length === 0 && live.length === 0) return;
  if (mock.length === 0 || live.length === 0) {
    noteOneSided(place.path, live.length === 0 ? 'mock' : 'vendor', found);
    return;
  }
  compareKinds(mock, live, place, found);
  compareObjects(mock.filter(isJsonObject), live.filter(isJsonObject), place, found);
  const [mockLists, liveLists] = [mock.filter(isList), live.filter(isList)];
  if (mockLists.length > 0 && liveLists.length > 0) {
    const items = { forms: formsOfItems(place.forms), path: `${place.path}[]` };
    compareValues(mockLists.flat(), liveLists.flat(), items, found);
  }
}

function compareKinds(
  mock: readonly Json[],
  live: readonly Json[],
  { forms, path }: Place,
  { drift }: Differences,
): void {
  // Without a format, the form of a date can be that in which somebody wrote it.
  const isDates =
    forms?.some(({ format }) => format === 'date-time') === true &&
    [...mock, ...live].every(
      (value) => typeof value !== 'string' || dateFormOf(value) !== 'string',
    );
  const [ours, theirs] = [describeKinds(mock, isDates), describeKinds(live, isDates)];
  const [ourKinds, theirKinds] = [withoutNull(ours), withoutNull(theirs)];
  const areOther =
    ourKinds.length > 0 &&
    theirKinds.length > 0 &&
    !theirKinds.some((kind) => ourKinds.includes(kind)) &&
    // A field for values of any kind.
    forms?.some(({ type, enum: values }) => type === undefined && !values) !== true;
  const areUndocumented = [...theirs].some(
    (kind) => !ours.has(kind) && forms?.some((form) => allows(form, baseOf(kind))) === false,
  );
  if (areOther || areUndocumented) {
    drift.push({ path, what: 'type', mock: list(ours), live: list(theirs) });
  }
}

function withoutNull(kinds: ReadonlySet<string>): readonly string[] {
  return [...kinds].filter((kind) => kind !== 'null');
}

/** If all texts are dates, they are told apart by the form in which they are written. */
function describeKinds(values: readonly Json[], isDates = false): ReadonlySet<string> {
  return new Set(
    values.map((value) =>
      isDates && typeof value === 'string' ? dateFormOf(value) : kindOf(value),
    ),
  );
}

function baseOf(kind: string): string {
  return kind.startsWith('string') ? 'string' : kind;
}

function compareObjects(
  mock: readonly JsonObject[],
  live: readonly JsonObject[],
  { forms, path }: Place,
  found: Differences,
): void {
  if (mock.length === 0 || live.length === 0) {
    if (mock.length !== live.length) {
      noteOneSided(path, live.length === 0 ? 'mock' : 'vendor', found);
    }
    return;
  }
  const fitting = forms?.filter((form) => mock.some((each) => fits(form, Object.keys(each))));
  const known = fitting && fitting.length > 0 ? fitting : undefined;
  if (known?.every((form) => isOpen(form)) === true) return;
  const comparable = path.endsWith('[]') ? ofKnownKinds(live, known, forms) : live;
  if (comparable.length === 0) {
    found.notComparable.push({ path, reason: 'The vendor has records of another kind here.' });
    return;
  }
  compareFields(mock, comparable, { forms: known, path }, found);
}

/** In a list that mixes kinds of records, those kinds of which the mock has an example. */
function ofKnownKinds(
  live: readonly JsonObject[],
  known: Forms,
  all: Forms,
): readonly JsonObject[] {
  if (!known || !all || all.length === known.length) return live;
  const others = all.filter((form) => !known.includes(form));
  return live.filter((each) => {
    const names = Object.keys(each);
    return known.some((form) => fits(form, names)) || !others.some((form) => fits(form, names));
  });
}

function compareFields(
  mock: readonly JsonObject[],
  live: readonly JsonObject[],
  { forms, path }: Place,
  found: Differences,
): void {
  const [ours, theirs] = [namesOf(mock), namesOf(live)];
  for (const name of ours.filter((each) => !theirs.includes(each))) {
    const isRequired = forms
      ? forms.every(({ required = [] }) => required.includes(name))
      : isAlways(mock, name);
    if (!isRequired) continue;
    const kinds = list(describeKinds(valuesOf(mock, name)));
    found.drift.push({ path: `${path}.${name}`, what: 'field', mock: kinds });
  }
  for (const name of theirs.filter((each) => !ours.includes(each))) {
    const isDocumented = forms
      ? forms.some((form) => isOpen(form) || Object.hasOwn(form.properties ?? {}, name))
      : !isAlways(live, name);
    if (isDocumented) continue;
    const kinds = list(describeKinds(valuesOf(live, name)));
    found.drift.push({ path: `${path}.${name}`, what: 'field', live: kinds });
  }
  compareOrder(mock, live, path, found);
  for (const name of ours.filter((each) => theirs.includes(each))) {
    const place = { forms: formsOfField(forms, name), path: `${path}.${name}` };
    compareValues(valuesOf(mock, name), valuesOf(live, name), place, found);
  }
}

function valuesOf(objects: readonly JsonObject[], name: string): readonly Json[] {
  return objects.flatMap((each) => {
    const value = each[name];
    return value === undefined ? [] : [value];
  });
}

function isAlways(objects: readonly JsonObject[], name: string): boolean {
  return objects.every((each) => Object.hasOwn(each, name));
}

/** JavaScript moves names that are whole numbers to the front, so that their order as sent is not known. */
const WHOLE = /^\d+$/;

function compareOrder(
  mock: readonly JsonObject[],
  live: readonly JsonObject[],
  path: string,
  { drift }: Differences,
): void {
  const [ours, theirs] = [longest(mock), longest(live)];
  const [left, right] = [common(ours, theirs), common(theirs, ours)];
  if (left !== right) drift.push({ path, what: 'order', mock: left, live: right });
}

function common(names: readonly string[], others: readonly string[]): string {
  return names.filter((name) => others.includes(name) && !WHOLE.test(name)).join(', ');
}

/** The names of the object with most fields. */
function longest(objects: readonly JsonObject[]): readonly string[] {
  let names: readonly string[] = [];
  for (const each of objects) {
    const own = Object.keys(each);
    if (own.length > names.length) names = own;
  }
  return names;
}

function namesOf(objects: readonly JsonObject[]): readonly string[] {
  return [...new Set(objects.flatMap((each) => Object.keys(each)))];
}

function noteOneSided(path: string, side: 'mock' | 'vendor', { notComparable }: Differences): void {
  notComparable.push({ path, reason: `Only the ${side} has records here.` });
}

function isList(value: Json): value is Json[] {
  return Array.isArray(value);
}

function list(kinds: ReadonlySet<string>): string {
  return [...kinds].toSorted().join(' or ');
}
