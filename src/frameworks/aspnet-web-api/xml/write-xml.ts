/**
 * Writes values as XmlWriter does with Web API's settings: no declaration, no indentation, character references
 * for characters that XML does not allow, and Windows line breaks. Row XML-LINE-BREAKS.
 */
import type { Json, JsonObject } from '../../../messages/json.ts';

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const SPECIAL = /\r\n|[&<>\r\n\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

export function escapeText(text: string): string {
  return text.toWellFormed().replaceAll(SPECIAL, (character) => {
    switch (character) {
      case '&':
        return '&amp;';
      case '<':
        return '&lt;';
      case '>':
        return '&gt;';
      case '\r\n':
      case '\r':
      case '\n':
        return '\r\n';
      default:
        return `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
    }
  });
}

/** Writes a start and an end tag even if the text is empty. */
export function textElement(name: string, text: string, attributes = ''): string {
  return `<${name}${attributes}>${escapeText(text)}</${name}>`;
}

export function element(name: string, content: string, attributes = ''): string {
  return content === '' ? `<${name}${attributes} />` : `<${name}${attributes}>${content}</${name}>`;
}

const NAME_START = /[\p{L}_]/u;
const NAME = /[\p{L}\p{N}\p{M}._\-·]/u;

/** Like XmlConvert.EncodeLocalName: `<` becomes `_x003C_`. */
export function encodeName(name: string): string {
  let encoded = '';
  let at = 0;
  for (const character of name) {
    const isPlain = (at === 0 ? NAME_START : NAME).test(character);
    // Escapes a text that already looks like an escape, so that it is not decoded as one.
    const isEscape = character === '_' && /^_x[0-9A-Fa-f]{4}_/.test(name.slice(at, at + 7));
    encoded += isPlain && !isEscape ? character : escapeName(character);
    at += character.length;
  }
  return encoded;
}

function escapeName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16).toUpperCase();
  return `_x${digits.padStart(code > 0xffff ? 8 : 4, '0')}_`;
}

/** Writes an HttpError as its IXmlSerializable does: escaped names, and lists as one text joined with spaces. */
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
