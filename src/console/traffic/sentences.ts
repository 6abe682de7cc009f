/** Finds the vendor's own words about a field in the body of a refusal. */
import { isJsonObject, type Json } from '../../messages/json.ts';
import type { ShownBody } from '../../control-api/control-api.ts';

/** Fields in which the three vendors write a sentence, lower case and without .NET's decoration. */
const SENTENCES = new Set(['message', 'detail', 'errormessage', 'error', 'title']);
const NAMES = new Set(['propertyname', 'field', 'path', 'param']);

/** All texts that the answer has for the field, in order; without a field, all of its texts. */
export function findSentences(body: ShownBody, field: string | undefined): readonly string[] {
  if (body === null || !('json' in body)) return [];
  const json = body.json as Json;
  const found = field === undefined ? allTexts(json) : textsAbout(json, field);
  return [...new Set(found)];
}

function textsAbout(value: Json, field: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textsAbout(item, field));
  if (!isJsonObject(value)) return [];
  const entries = Object.entries(value);
  const isNamed = entries.some(
    ([name, part]) => NAMES.has(plain(name)) && typeof part === 'string' && part === field,
  );
  if (isNamed) {
    return entries.flatMap(([name, part]) =>
      SENTENCES.has(plain(name)) && typeof part === 'string' ? [part] : [],
    );
  }
  return entries.flatMap(([name, part]) =>
    name === field && part !== undefined ? allTexts(part) : textsAbout(part ?? null, field),
  );
}

function allTexts(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(allTexts);
  if (!isJsonObject(value)) return [];
  const entries = Object.entries(value);
  const sentences = entries.filter(([name]) => SENTENCES.has(plain(name)));
  return (sentences.length > 0 ? sentences : entries).flatMap(([, part]) => allTexts(part ?? null));
}

/** `<ErrorMessage>k__BackingField`: what .NET's serializers call a property's field. */
function plain(name: string): string {
  return name.replace(/^<(.*)>k__BackingField$/, '$1').toLowerCase();
}
