/** Compares what two answers show: status, named headers, fields with order and types, and the words of refusals. */
import { isJsonObject, type Json, type JsonObject } from '../messages/json.ts';
import { mask, type Content, type Observation } from './observe.ts';

export type Difference = {
  readonly kind: 'status' | 'header' | 'form' | 'fields' | 'type' | 'value' | 'words';
  /** The request, then where in the answer: `GET /x /results/*` and so on. */
  readonly at: string;
  readonly mock: string;
  readonly live: string;
};

type Found = Omit<Difference, 'at'> & { readonly at: string };

export function findDifferences(
  mock: readonly Observation[],
  live: readonly Observation[],
): readonly Difference[] {
  return live.flatMap((theirs, index) => {
    const ours = mock[index];
    if (!ours) return [];
    return compare(ours, theirs).map((found) => ({
      ...found,
      at: [theirs.request, found.at].filter(Boolean).join(' '),
    }));
  });
}

function compare(mock: Observation, live: Observation): readonly Found[] {
  const status = compareText('status', '', String(mock.status), String(live.status));
  const refuses = status.length > 0 ? [] : compareText('value', 'errors', tell(mock), tell(live));
  const headers = compareMaps('header', mock.headers, live.headers);
  const values = compareMaps('value', mock.values, live.values);
  const content = compareContent(mock.content, live.content, mock.hasWords && live.hasWords);
  const isAlike = (each: Found) =>
    each.kind === 'words' && mask(each.mock, mock.numbers) === mask(each.live, live.numbers);
  return [
    ...status,
    ...refuses,
    ...headers,
    ...content.filter((each) => !isAlike(each)),
    ...values,
  ];
}

/** Of a vendor that refuses with a status of success. */
function tell({ hasWords }: Observation): string {
  return hasWords ? 'some' : 'none';
}

function compareText(
  kind: Difference['kind'],
  at: string,
  mock: string,
  live: string,
): readonly Found[] {
  return mock === live ? [] : [{ kind, at, mock, live }];
}

function compareMaps(
  kind: 'header' | 'value',
  mock: Readonly<Record<string, string>>,
  live: Readonly<Record<string, string>>,
): readonly Found[] {
  const names = new Set([...Object.keys(mock), ...Object.keys(live)]);
  return [...names].flatMap((name) =>
    compareText(kind, name, mock[name] ?? 'missing', live[name] ?? 'missing'),
  );
}

function compareContent(mock: Content, live: Content, hasWords: boolean): readonly Found[] {
  if (mock.form === 'json' && live.form === 'json') {
    return compareJson(mock.value, live.value, { at: '', hasWords });
  }
  if (mock.form === 'xml' && live.form === 'xml') {
    return [
      ...compareText('fields', '', mock.tags.join(', '), live.tags.join(', ')),
      ...(hasWords ? compareText('words', '', mock.texts.join('\n'), live.texts.join('\n')) : []),
    ];
  }
  if (mock.form === 'text' && live.form === 'text') {
    return hasWords ? compareText('words', '', mock.text, live.text) : [];
  }
  return compareText('form', 'body', mock.form, live.form);
}

type Place = { readonly at: string; readonly hasWords: boolean };

function compareJson(mock: Json, live: Json, place: Place): readonly Found[] {
  if (!place.hasWords && (isWithoutData(mock) || isWithoutData(live))) return [];
  if (Array.isArray(mock) && Array.isArray(live)) return compareLists(mock, live, place);
  if (isJsonObject(mock) && isJsonObject(live)) return compareObjects(mock, live, place);
  if (typeof mock === 'string' && typeof live === 'string' && place.hasWords) {
    return compareText('words', place.at, mock, live);
  }
  return compareText('type', place.at, typeOf(mock), typeOf(live));
}

/** The records are those of different accounts: one may lack what the other has. Probes name values that count. */
function isWithoutData(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function compareObjects(mock: JsonObject, live: JsonObject, place: Place): readonly Found[] {
  const fields = compareText(
    'fields',
    place.at,
    Object.keys(mock).join(', '),
    Object.keys(live).join(', '),
  );
  const common = Object.keys(live).filter((name) => Object.hasOwn(mock, name));
  return [
    ...fields,
    ...common.flatMap((name) =>
      compareJson(mock[name] ?? null, live[name] ?? null, {
        ...place,
        at: `${place.at}/${name}`,
      }),
    ),
  ];
}

/** Refusals list sentences: each counts. Other lists hold records: one stands for all. */
function compareLists(
  mock: readonly Json[],
  live: readonly Json[],
  place: Place,
): readonly Found[] {
  if (place.hasWords) {
    return [
      ...compareText('value', `length of ${place.at}`, String(mock.length), String(live.length)),
      ...live
        .slice(0, mock.length)
        .flatMap((each, index) =>
          compareJson(mock[index] ?? null, each, { ...place, at: `${place.at}/${index}` }),
        ),
    ];
  }
  return compareJson(mergeItems(mock), mergeItems(live), {
    ...place,
    at: `${place.at}/*`,
  });
}

/** A record that has each member of the records, with a value that is not null if one of them has it. */
function mergeItems(items: readonly Json[]): Json {
  const objects = items.filter((item) => isJsonObject(item));
  if (objects.length < items.length) return items.find((item) => item !== null) ?? null;
  const merged: JsonObject = {};
  for (const object of objects) {
    for (const [name, value] of Object.entries(object)) merged[name] ??= value;
  }
  return merged;
}

const DATE = /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/** Of a text also its form: a date's separators, the scheme of a URL. */
function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'string') return typeof value;
  if (DATE.test(value)) return `date ${value.replace(/\.\d+/, '').replaceAll(/\d/g, '9')}`;
  // Behind a gateway, a vendor's links can begin with another host than the one that was asked.
  return /^(?:https?:\/\/|\{url\})/.test(value) ? 'URL' : 'string';
}
