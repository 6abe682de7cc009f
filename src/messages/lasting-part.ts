/**
 * Parts of answers that are the same object each time and never change, such as a course that many licenses show. Their
 * text is written once, and they are checked against the spec once.
 */
import type { Json, JsonObject } from './json.ts';

const parts = new WeakSet<object>();
const texts = new WeakMap<object, string>();

/** Freezes a value and everything in it, and returns it. */
export function makeLasting<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null || parts.has(value)) return value;
  for (const part of Object.values(value)) if (typeof part === 'object') makeLasting(part as Json);
  parts.add(Object.freeze(value));
  return value;
}

export function isLasting(value: object): boolean {
  return parts.has(value);
}

/** As `JSON.stringify(value)`. */
export function writeJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (parts.has(value)) return textOf(value);
  return Array.isArray(value) ? writeList(value) : writeObject(value);
}

function textOf(part: object): string {
  let text = texts.get(part);
  if (text === undefined) texts.set(part, (text = JSON.stringify(part)));
  return text;
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
    if (text.length > 1) text += ',';
    text += `${JSON.stringify(name)}:${writeJson(value)}`;
  }
  return `${text}}`;
}
