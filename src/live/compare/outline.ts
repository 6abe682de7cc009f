/**
 * The form of a JSON value as a text, without its data: names, kinds, the forms of dates. Items of a list that look
 * alike are written once. Two values with the same outline compare alike with any third.
 */
import type { Json, JsonObject } from '../../messages/json.ts';
import { dateFormOf } from './date-form.ts';

const known = new WeakMap<object, string>();

/** The value must not be changed afterwards. */
export function outlineOnce(value: Json): string {
  if (typeof value !== 'object' || value === null) return outlineOf(value);
  let outline = known.get(value);
  if (outline === undefined) known.set(value, (outline = outlineOf(value)));
  return outline;
}

export function outlineOf(value: Json): string {
  if (value === null) return '0';
  switch (typeof value) {
    case 'string':
      return formOf(value);
    case 'number':
      return 'n';
    case 'boolean':
      return 'b';
    default:
      return Array.isArray(value) ? outlineOfList(value) : outlineOfObject(value);
  }
}

function formOf(text: string): string {
  // Most texts are no dates, as is seen at once.
  return text[4] === '-' ? dateFormOf(text) : 's';
}

function outlineOfList(items: readonly Json[]): string {
  const outlines = new Set<string>();
  items.forEach((item, at) => {
    // Most items look like the one before, which is cheaper to find out than an outline.
    const before = items[at - 1];
    if (before === undefined || !isAlike(before, item)) outlines.add(outlineOf(item));
  });
  return `[${[...outlines].join(',')}]`;
}

/** A name is written with its length, so that no name can look like something else. */
function outlineOfObject(object: JsonObject): string {
  let outline = '{';
  for (const name of Object.keys(object)) {
    outline += `${name.length}:${name}${outlineOf(object[name] ?? null)}`;
  }
  return `${outline}}`;
}

/** True only if the outlines are the same. */
function isAlike(left: Json, right: Json): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left !== 'object' || typeof right !== 'object') {
    if (typeof left !== 'string' || typeof right !== 'string') return typeof left === typeof right;
    return left === right || formOf(left) === formOf(right);
  }
  if (Array.isArray(left) || Array.isArray(right)) {
    return Array.isArray(left) && Array.isArray(right) && areAlike(left, right);
  }
  const [ours, theirs] = [Object.keys(left), Object.keys(right)];
  return (
    ours.length === theirs.length &&
    ours.every(
      (name, at) => name === theirs[at] && isAlike(left[name] ?? null, right[name] ?? null),
    )
  );
}

function areAlike(left: readonly Json[], right: readonly Json[]): boolean {
  return left.length === right.length && left.every((each, at) => isAlike(each, right[at] ?? null));
}
