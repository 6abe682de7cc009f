/** An HttpError as its own IXmlSerializable writes it: names escaped, lists as one text with spaces between. */
import type { Json, JsonObject } from '../../../messages/json.ts';
import { element, encodeName, textElement } from '../../../frameworks/aspnet-web-api/xml/write-xml.ts';

export function writeError(error: JsonObject): string {
  return element('Error', writeEntries(error));
}

function writeEntries(entries: JsonObject): string {
  return Object.entries(entries)
    .map(([name, value]) => writeEntry(encodeName(name), value))
    .join('');
}

function writeEntry(name: string, value: Json): string {
  if (value === null) return element(name, '');
  if (Array.isArray(value)) return textElement(name, value.map(String).join(' '));
  if (typeof value === 'object') return element(name, writeEntries(value));
  return textElement(name, String(value));
}
