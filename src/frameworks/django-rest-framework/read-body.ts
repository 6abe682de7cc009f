/** Decodes a request's body as the framework's parsers do. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { HttpRequest, Query, Warning } from '../../messages/message.ts';
import type { Schema } from '../../openapi/operation.ts';
import type { Problem } from '../framework.ts';
import { charsetOf, decodeText, isUtf8Name } from './decode-text.ts';
import { decodeUtf16 } from './decode-utf16.ts';
import type { DjangoRow } from './facts.ts';
import { fieldRules, type FieldRule } from './field-rules.ts';
import { FORM_TYPE, isMatch, JSON_TYPE, MULTIPART_TYPE, parseMediaType } from './negotiate.ts';
import { parsePythonJson, type WrittenNumbers } from './python-json.ts';
import { integerOf } from './python-text.ts';
import { lastValue, parseQueryDict } from './query-dict.ts';
import { readMultipart } from './read-multipart.ts';

/** A ledger row that influenced the result, and the warning about it. */
type Finding = { readonly row: DjangoRow; readonly warning?: Warning };

export type ReadBody =
  | {
      readonly value: Json;
      readonly findings: readonly Finding[];
      readonly written?: WrittenNumbers;
      /** The field with a value that cannot be stored or shown. Undefined: there is none. */
      readonly unwritable?: string;
    }
  | { readonly problem: Problem; readonly findings: readonly Finding[] }
  | 'too-many-fields';

/** Numbers and texts that may not be writable as JSON. They may also be harmless. */
const MAYBE_UNWRITABLE = /\d[eE]\+?\d\d|\p{Nd}{16}|\\u[dD][89a-fA-F]/u;
const INTEGER = /^-?\d{1,15}$/;

/** Reads an empty body as an empty object, whatever its media type. */
export function readBody({ body, headers }: HttpRequest, schema: Schema): ReadBody {
  if (body.length === 0) return { value: {}, findings: [] };
  const header = headers['content-type'];
  const type = header === 'application/json' ? JSON_TYPE : parseMediaType(header ?? '');
  if (isMatch(JSON_TYPE, type)) return readJson(body, type.parameters.get('charset'), schema);
  if (isMatch(FORM_TYPE, type)) return readForm(body, type.parameters.get('charset'), schema);
  if (isMatch(MULTIPART_TYPE, type)) {
    return readParts(body, header ?? '', type.parameters.get('charset'), schema);
  }
  return { problem: { problem: 'unsupported-media-type', mediaType: header }, findings: [] };
}

function readJson(body: Buffer, charset: string | undefined, schema: Schema): ReadBody {
  const decoded = decodeUtf16(body, charset) ?? decodeText(body, charset);
  const findings: Finding[] = isUtf8Name(charset) ? [] : [{ row: 'CHARSET' }];
  const parsed = 'fault' in decoded ? decoded : parsePythonJson(decoded.text);
  if ('fault' in parsed) {
    if ('isTooDeep' in parsed) {
      return {
        problem: { problem: 'server-error' },
        findings: [...findings, { row: 'JSON-DEPTH' }],
      };
    }
    const detail = `JSON parse error - ${parsed.fault}`;
    return { problem: { problem: 'unparsable', detail }, findings };
  }
  const { value, written, rounded } = parsed;
  for (const name of rounded) {
    if (!fieldRules(schema).has(name)) continue;
    findings.push({ row: 'NUMBERS', warning: roundedNumber(name) });
  }
  const isSuspect = 'text' in decoded && MAYBE_UNWRITABLE.test(decoded.text);
  const unwritable = isSuspect ? findUnwritable(value, schema, written) : undefined;
  if (unwritable !== undefined) findings.push(...rowsBehind(unwritable, schema));
  return { value, findings, written, ...(unwritable !== undefined && { unwritable }) };
}

/**
 * Finds a field whose value passes the serializer and cannot be stored: ledger rows NUMBERS and TEXT-CHARACTERS.
 * Integers are stored as doubles, so the limit is lower than that of a database.
 */
function findUnwritable(
  body: Json,
  schema: Schema,
  written: WrittenNumbers = new Map(),
): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const rules = fieldRules(schema);
  const found = Object.entries(body).find(([name, value]) => {
    const kind = rules.get(name)?.kind;
    if (kind === 'integer') return isTooLarge(value, written.get(name));
    return kind === 'object' && !isWritable(value);
  });
  return found?.[0];
}

/** Of a dictionary, a number or a text may be the reason. */
function rowsBehind(unwritable: string, schema: Schema): Finding[] {
  const isObject = fieldRules(schema).get(unwritable)?.kind === 'object';
  return [{ row: 'NUMBERS' }, ...(isObject ? [{ row: 'TEXT-CHARACTERS' } as const] : [])];
}

function isTooLarge(value: Json, written: string | undefined): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  return Math.abs(integerOf(written ?? String(value)) ?? 0) > Number.MAX_SAFE_INTEGER;
}

/** An infinity and half of a surrogate pair cannot be written as JSON in UTF-8. */
function isWritable(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, inner]) => name.isWellFormed() && isWritable(inner));
}

/** Django reads forms that do not fit their charset as Latin-1. */
function readForm(body: Buffer, charset: string | undefined, schema: Schema): ReadBody {
  const decoded = decodeText(body, charset);
  const text = 'text' in decoded ? decoded.text : body.toString('latin1');
  const fields = parseQueryDict(text, charsetOf(charset));
  return fields ? toRead(fields, charset, schema) : 'too-many-fields';
}

/** A form in parts: ledger row MULTIPART. */
function readParts(
  body: Buffer,
  contentType: string,
  charset: string | undefined,
  schema: Schema,
): ReadBody {
  const read = readMultipart(body, contentType, charsetOf(charset));
  if (read === 'too-many-fields') return read;
  const finding: Finding = { row: 'MULTIPART' };
  if ('fault' in read) {
    const detail = `Multipart form parse error - ${read.fault}`;
    return { problem: { problem: 'unparsable', detail }, findings: [finding] };
  }
  const texts = read.fields.flatMap(([name, text]) =>
    text === undefined ? [] : [[name, text] as const],
  );
  const files = new Set(read.fields.flatMap(([name, text]) => (text === undefined ? [name] : [])));
  const form = toRead(Object.fromEntries(texts), charset, schema, files);
  return { ...form, findings: [finding, ...form.findings] };
}

/** `files`: names of parts that hold a file, which counts where a text has the name as well. */
function toRead(
  fields: Query,
  charset: string | undefined,
  schema: Schema,
  files: ReadonlySet<string> = new Set(),
): Extract<ReadBody, { readonly value: Json }> {
  const read = readFields(fields, files, schema);
  const findings: readonly Finding[] = isUtf8Name(charset) ? [] : [{ row: 'CHARSET' }];
  const unwritable = findUnwritable(read.value, schema);
  return {
    ...read,
    findings: [
      ...findings,
      ...read.findings,
      ...(unwritable === undefined ? [] : rowsBehind(unwritable, schema)),
    ],
    ...(unwritable !== undefined && { unwritable }),
  };
}

/**
 * Converts a form's texts as the framework passes them to a serializer: ledger row FORM-FIELDS. `3` and `true` become
 * a number and a boolean. An empty text is null if the field allows null, and is left out if the field is optional.
 * A missing boolean counts as not given. Each dictionary is empty, whether the form names it or not.
 */
function readFields(
  fields: Query,
  files: ReadonlySet<string>,
  schema: Schema,
): { value: JsonObject; findings: Finding[] } {
  const rules = fieldRules(schema);
  const entries: [string, Json][] = [...rules.values()].flatMap(({ name, kind }) =>
    kind === 'object' ? [[name, {}] as [string, Json]] : [],
  );
  const dropped: Finding[] = [];
  let isAdapted = entries.length > 0;
  for (const [name, values] of Object.entries(fields)) {
    const rule = rules.get(name);
    const text = lastValue(values) ?? '';
    if (rule?.kind === 'object') {
      dropped.push({ row: 'FORM-FIELDS', warning: droppedDictionary(name) });
      continue;
    }
    const value = readField(text, rule);
    if (value !== undefined) entries.push([name, value]);
    isAdapted ||= text === '' && value !== '';
  }
  // No field reads a file, so any other value that no field reads stands for it.
  for (const name of files) if (rules.get(name)?.kind !== 'object') entries.push([name, {}]);
  const value: JsonObject = Object.fromEntries(entries);
  return { value, findings: isAdapted ? [{ row: 'FORM-FIELDS' }, ...dropped] : dropped };
}

function readField(text: string, rule: FieldRule | undefined): Json | undefined {
  if (!rule) return text;
  if (text === '' && rule.nullable) return null;
  if (text === '' && !rule.required) return undefined;
  if (rule.kind === 'integer' && INTEGER.test(text)) return Number(text);
  if (rule.kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function roundedNumber(name: string): Warning {
  return {
    in: 'body',
    path: [name],
    keyword: 'tolerance',
    message: `${name.slice(0, 100)} contains an integer above 2^53, which the mock rounds; the vendor keeps all digits.`,
  };
}

function droppedDictionary(name: string): Warning {
  return {
    in: 'body',
    path: [name],
    keyword: 'tolerance',
    message: `${name} is an object, which the vendor does not read from a form field: it becomes empty. Send JSON instead.`,
  };
}
