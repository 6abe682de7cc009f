/**
 * Parts of answers that are the same object each time and never change, such as a course that many licenses show. Their
 * text is written once, and they are checked against the spec once.
 */
import type { Json, JsonObject } from './json.ts';

/** What is known of a part. It stands in the part itself, where it is found fastest, and is not enumerable. */
const KNOWN = Symbol('known of a lasting part');

type Known = {
  text: string | undefined;
  /** The checks that it fits. */
  readonly fitting: Set<unknown>;
};
type Lasting = { readonly [KNOWN]?: Known };

/** Freezes a value and everything in it, and returns it. */
export function makeLasting<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) if (typeof part === 'object') makeLasting(part as Json);
  // Lists are short here, or belong to an object.
  if (!Array.isArray(value)) {
    Object.defineProperty(value, KNOWN, { value: { text: undefined, fitting: new Set() } });
  }
  return Object.freeze(value);
}

/** The checks that a part is known to fit; more may be added. Undefined: the object may still change. */
export function fittingOf(object: object): Set<unknown> | undefined {
  return (object as Lasting)[KNOWN]?.fitting;
}

/** As `JSON.stringify(value)`. */
export function writeJson(value: Json): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return writeList(value);
  const known = (value as Lasting)[KNOWN];
  return known ? (known.text ??= JSON.stringify(value)) : writeObject(value);
}

function writeList(list: readonly (Json | undefined)[]): string {
  let text = '[';
  for (const item of list) {
    if (text.length > 1) text += ',';
    text += writeJson(item ?? null);
  }
  return `${text}]`;
}

function writeObject(object: JsonObject): string {
  let text = '{';
  for (const name of Object.keys(object)) {
    const value: Json | undefined = object[name];
    if (value === undefined) continue;
    text += `${text.length > 1 ? ',' : ''}${writeName(name)}${writeJson(value)}`;
  }
  return `${text}}`;
}

/** Those of the specs, and of what clients send. */
const names = new Map<string, string>();
const MAX_NAMES = 1_000;
const MAX_NAME_LENGTH = 100;

function writeName(name: string): string {
  let text = names.get(name);
  if (text === undefined) {
    text = `${JSON.stringify(name)}:`;
    if (names.size < MAX_NAMES && name.length <= MAX_NAME_LENGTH) names.set(name, text);
  }
  return text;
}
