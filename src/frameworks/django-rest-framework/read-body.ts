/** Decodes a request's body as the framework's parsers do. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { HttpRequest, Query, Warning } from '../../messages/message.ts';
import type { Schema } from '../../openapi/operation.ts';
import type { Problem } from '../framework.ts';
import { decodeText, isUtf8Name } from './decode-text.ts';
import type { DjangoRow } from './facts.ts';
import { fieldRules, type FieldRule } from './field-rules.ts';
import { FORM_TYPE, isMatch, JSON_TYPE, parseMediaType } from './negotiate.ts';
import { findRounded, parsePythonJson, type Parsed } from './python-json.ts';
import { lastValue, parseQueryDict } from './query-dict.ts';

/** A ledger row that influenced the result, and the warning about it. */
type Finding = { readonly row: DjangoRow; readonly warning?: Warning };

export type ReadBody =
  | { readonly value: Json; readonly findings: readonly Finding[] }
  | { readonly problem: Problem; readonly findings: readonly Finding[] }
  | 'too-many-fields';

const INTEGER = /^-?\d{1,15}$/;

/** Reads an empty body as an empty object, whatever its media type. */
export function readBody({ body, headers }: HttpRequest, schema: Schema): ReadBody {
  if (body.length === 0) return { value: {}, findings: [] };
  const header = headers['content-type'];
  const type = header === 'application/json' ? JSON_TYPE : parseMediaType(header ?? '');
  if (isMatch(JSON_TYPE, type)) return readJson(body, type.parameters.get('charset'), schema);
  if (isMatch(FORM_TYPE, type)) return readForm(body, schema);
  return { problem: { problem: 'unsupported-media-type', mediaType: header }, findings: [] };
}

function readJson(body: Buffer, charset: string | undefined, schema: Schema): ReadBody {
  const decoded = decodeText(body, charset);
  const findings: Finding[] = isUtf8Name(charset) ? [] : [{ row: 'CHARSET' }];
  const parsed: Parsed = 'fault' in decoded ? decoded : parsePythonJson(decoded.text);
  if ('value' in parsed) {
    const rounded = 'text' in decoded ? findRounded(decoded.text) : [];
    for (const name of rounded) {
      if (!fieldRules(schema).has(name)) continue;
      findings.push({ row: 'NUMBERS', warning: roundedNumber(name) });
    }
    return { value: parsed.value, findings };
  }
  if (parsed.row) findings.push({ row: parsed.row });
  return {
    problem: { problem: 'unparsable', detail: `JSON parse error - ${parsed.fault}` },
    findings,
  };
}

/** Django reads forms that are not UTF-8 as Latin-1. */
function readForm(body: Buffer, schema: Schema): ReadBody {
  const decoded = decodeText(body, undefined);
  const fields = parseQueryDict('text' in decoded ? decoded.text : body.toString('latin1'));
  return fields ? readFields(fields, schema) : 'too-many-fields';
}

/**
 * Converts a form's texts as the framework passes them to a serializer: ledger row FORM-FIELDS. `3` and `true` become
 * a number and a boolean. An empty text is null if the field allows null, and is left out if the field is optional.
 * A missing boolean counts as not given. A form cannot express a dictionary, so its text is dropped.
 */
function readFields(fields: Query, schema: Schema): ReadBody {
  const rules = fieldRules(schema);
  const entries: [string, Json][] = [];
  const dropped: Finding[] = [];
  let isAdapted = false;
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
    message: `${name} is an object, which the vendor does not read from a form field. Send JSON instead.`,
  };
}
