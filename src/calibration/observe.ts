/** What an answer shows to a probe: status, headers, and the body in a form that can be compared. */
import type { IncomingHttpHeaders } from 'node:http';
import { isJsonObject, type Json } from '../messages/json.ts';
import type { Step } from './probe.ts';

export type ProbeAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** Texts of this run, and the placeholders that stand for them. */
export type Masks = readonly (readonly [text: string, placeholder: string])[];

export type Content =
  | { readonly form: 'none' }
  | { readonly form: 'json'; readonly value: Json }
  | { readonly form: 'xml'; readonly tags: readonly string[]; readonly texts: readonly string[] }
  | { readonly form: 'text'; readonly text: string };

/** An answer as it is compared. No value of the vendor's data stands in it, except what the step names. */
export type Observation = {
  readonly request: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Content;
  readonly values: Readonly<Record<string, string>>;
  /** True: texts are the vendor's own words, not data. */
  readonly hasWords: boolean;
  /** Ids of this run that are short numbers. They may stand in a text by chance. */
  readonly numbers: Masks;
};

/** Headers that say how to go on. Their values are compared. */
const COMPARED = ['content-type', 'www-authenticate', 'allow', 'x-ratelimit-reset'];
/** Headers whose values belong to one moment or one server. */
const PRESENT = ['location', 'retry-after', 'x-ratelimit-limit'];

export function observe(
  request: string,
  { status, headers, body }: ProbeAnswer,
  step: Pick<Step, 'values' | 'counts' | 'words'>,
  allMasks: Masks,
): Observation {
  const isNumber = ([value]: Masks[number]) => /^\d{1,9}$/.test(value);
  const numbers = allMasks.filter(isNumber);
  const masks = allMasks.filter((each) => !isNumber(each));
  const content = readContent(headers['content-type'] ?? '', body, masks);
  return {
    request,
    status,
    headers: Object.fromEntries([
      ...COMPARED.flatMap((name) => toHeader(name, headers, sizeOf)),
      ...PRESENT.flatMap((name) => toHeader(name, headers, () => 'present')),
    ]),
    content,
    values: valuesOf(content, step),
    hasWords: status >= 400 || step.words === true || hasErrors(content),
    numbers,
  };
}

/** Some vendors refuse with a status of success. */
function hasErrors(content: Content): boolean {
  if (content.form !== 'json' || !isJsonObject(content.value)) return false;
  const { errors, Errors } = content.value;
  return [errors, Errors].some((list) => Array.isArray(list) && list.length > 0);
}

function toHeader(
  name: string,
  headers: IncomingHttpHeaders,
  show: (value: string) => string,
): readonly (readonly [string, string])[] {
  const value = headers[name];
  return value === undefined ? [] : [[name, show(String(value))]];
}

/** A number is a point in time or not; its value is of this moment. */
function sizeOf(value: string): string {
  if (!/^\d+$/.test(value)) return value;
  return value.length > 8 ? 'a Unix time' : 'a number';
}

function readContent(mediaType: string, body: string, masks: Masks): Content {
  if (body === '') return { form: 'none' };
  const text = body.replace(/^\u{FEFF}/u, '');
  if (/^\s*</.test(text) && !/html/i.test(mediaType)) return readXml(text, masks);
  try {
    const parsed = JSON.parse(text) as Json;
    return { form: 'json', value: maskJson(parsed, masks) };
  } catch {
    return { form: 'text', text: mask(text.trim(), masks) };
  }
}

/** Each tag once, in the order of its first use, with its namespaces. */
function readXml(text: string, masks: Masks): Content {
  const tags = [...text.matchAll(/<([\w:.-]+)([^>]*)>/g)].map(([, name = '', attributes = '']) =>
    [name, ...(attributes.match(/xmlns(?::\w+)?="[^"]*"/g) ?? [])].join(' '),
  );
  const texts = [...text.matchAll(/>([^<]+)</g)].map(([, inside = '']) => mask(inside, masks));
  return { form: 'xml', tags: [...new Set(tags)], texts };
}

function maskJson(value: Json, masks: Masks): Json {
  if (typeof value === 'string') return mask(value, masks);
  if (Array.isArray(value)) return value.map((each) => maskJson(each, masks));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [mask(name, masks), maskJson(each, masks)]),
  );
}

/** Replaces whole words only: an id such as 7 stands in many texts. */
export function mask(text: string, masks: Masks): string {
  let masked = text;
  for (const [value, placeholder] of masks) {
    if (value === '' || !masked.includes(value)) continue;
    const quoted = value.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
    masked = masked.replaceAll(
      new RegExp(`(?<![\\p{L}\\d])${quoted}(?![\\p{L}\\d])`, 'gu'),
      () => placeholder,
    );
  }
  return masked;
}

function valuesOf(
  content: Content,
  { values = [], counts = [] }: Pick<Step, 'values' | 'counts'>,
): Readonly<Record<string, string>> {
  const find = (path: string): Json | undefined => {
    let found: Json | undefined = content.form === 'json' ? content.value : undefined;
    for (const name of path.split('/')) found &&= findMember(found, name);
    return found;
  };
  return Object.fromEntries([
    ...values.map((name) => [name, JSON.stringify(find(name)) ?? 'missing'] as const),
    ...counts.map((name) => {
      const list = find(name);
      return [`length of ${name}`, Array.isArray(list) ? String(list.length) : 'no list'] as const;
    }),
  ]);
}

/** The first member of that name, the outer ones first. Undefined: there is none. */
export function findMember(value: Json, name: string): Json | undefined {
  let level: readonly Json[] = [value];
  while (level.length > 0) {
    const objects = level.filter((each) => typeof each === 'object' && each !== null);
    for (const each of objects) {
      if (Array.isArray(each)) continue;
      if (Object.hasOwn(each, name)) return each[name];
    }
    level = objects.flatMap((each): Json[] => Object.values(each));
  }
  return undefined;
}
