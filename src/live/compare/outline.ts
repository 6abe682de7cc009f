/**
 * The form of a JSON value as a text, without its data: names, kinds, the forms of dates. Items of a list that look
 * alike are written once. Two values with the same outline compare alike with any third.
 */
import type { Json } from '../../messages/json.ts';
import { dateFormOf } from './date-form.ts';

export function outlineOf(value: Json): string {
  if (value === null) return '0';
  switch (typeof value) {
    case 'string':
      // Most texts are no dates, as is seen at once.
      return value[4] === '-' ? dateFormOf(value) : 's';
    case 'number':
      return 'n';
    case 'boolean':
      return 'b';
    default:
      return Array.isArray(value) ? outlineOfList(value) : outlineOfObject(value);
  }
}

function outlineOfList(items: readonly Json[]): string {
  const outlines = new Set<string>();
  for (const item of items) outlines.add(outlineOf(item));
  return `[${[...outlines].join(',')}]`;
}

/** A name is written with its length, so that no name can look like something else. */
function outlineOfObject(object: Readonly<Record<string, Json>>): string {
  let outline = '{';
  for (const name of Object.keys(object)) {
    outline += `${name.length}:${name}${outlineOf(object[name] ?? null)}`;
  }
  return `${outline}}`;
}
