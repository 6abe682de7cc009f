/** A request's body as its parser decodes it. */
import type { Problem } from '../framework.ts';
import type { Json } from '../../messages/json.ts';
import type { HttpRequest, Warning } from '../../messages/message.ts';
import type { Schema } from '../../openapi/operation.ts';
import { decodeText, isUtf8Name } from './decode-text.ts';
import { fieldRules } from './field-rules.ts';
import { findRounded } from '../../vendors/ibl/find-rounded.ts';
import { FORM_TYPE, isMatch, JSON_TYPE, parseMediaType } from '../../vendors/ibl/media-type.ts';
import { parsePythonJson, type Parsed } from './python-json.ts';
import { parseQueryDict } from './query-dict.ts';
import { readForm } from '../../vendors/ibl/read-form.ts';

/** A ledger row that shaped what was read, and what is to be said of it. */
type Finding = { readonly row: string; readonly warning?: Warning };

export type ReadBody =
  | { readonly value: Json; readonly findings: readonly Finding[] }
  | { readonly problem: Problem; readonly findings: readonly Finding[] }
  | 'too-many-fields';

/** An empty body is an empty object, whatever its type. */
export function readBody(http: HttpRequest, schema: Schema): ReadBody {
  if (http.body.length === 0) return { value: {}, findings: [] };
  const header = http.headers['content-type'];
  const type = parseMediaType(header ?? '');
  if (isMatch(JSON_TYPE, type)) return readJson(http.body, type.parameters.get('charset'), schema);
  if (isMatch(FORM_TYPE, type)) return readFormBody(http.body, schema);
  return { problem: { problem: 'unsupported-media-type', mediaType: header }, findings: [] };
}

function readJson(body: Buffer, charset: string | undefined, schema: Schema): ReadBody {
  const decoded = decodeText(body, charset);
  const findings = isUtf8Name(charset) ? [] : [{ row: 'IBL-CHARSET' }];
  const parsed: Parsed = 'fault' in decoded ? decoded : parsePythonJson(decoded.text);
  if ('value' in parsed) {
    const rounded = 'text' in decoded ? findRounded(decoded.text) : [];
    const kept = rounded.filter((name) => fieldRules(schema).has(name));
    const warnings = kept.map((name) => ({
      row: 'IBL-NUMBERS',
      warning: roundedNumber(name),
    }));
    return { value: parsed.value, findings: [...findings, ...warnings] };
  }
  return {
    problem: { problem: 'unparsable', detail: `JSON parse error - ${parsed.fault}` },
    findings: parsed.row ? [...findings, { row: parsed.row }] : findings,
  };
}

/** Bytes that are no UTF-8 are read as Latin-1, as Django does. */
function readFormBody(body: Buffer, schema: Schema): ReadBody {
  const decoded = decodeText(body, undefined);
  const fields = parseQueryDict('text' in decoded ? decoded.text : body.toString('latin1'));
  if (fields === undefined) return 'too-many-fields';
  const { value, dropped, isAdapted } = readForm(fields, schema);
  const row = 'IBL-FORM-FIELDS';
  const warnings = dropped.map((name) => ({ row, warning: droppedDictionary(name) }));
  return { value, findings: isAdapted ? [{ row }, ...warnings] : warnings };
}

function roundedNumber(name: string): Warning {
  return {
    in: 'body',
    path: [name],
    keyword: 'tolerance',
    message: `${name.slice(0, 100)} has an integer past 2^53 that the mock cannot hold exactly, and rounds; the vendor keeps its digits.`,
  };
}

function droppedDictionary(name: string): Warning {
  return {
    in: 'body',
    path: [name],
    keyword: 'tolerance',
    message: `${name} is a dictionary, which the vendor does not read from a text in a form; it takes JSON to send one.`,
  };
}
