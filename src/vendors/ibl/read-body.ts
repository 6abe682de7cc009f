/** A request's body as its parser decodes it. */
import type { HttpRequest, Json, Problem, Schema, Warning } from '../vendor.ts';
import { decodeText, isUtf8Name } from './decode-text.ts';
import { FORM_TYPE, isMatch, JSON_TYPE, parseMediaType } from './media-type.ts';
import { parsePythonJson, type Parsed } from './python-json.ts';
import { parseQueryDict } from './query-dict.ts';
import { readForm } from './read-form.ts';

/** A ledger row that shaped what was read, and what is to be said of it. */
export type Finding = { readonly row: string; readonly warning?: Warning };

export type ReadBody =
  | { readonly value: Json; readonly findings: readonly Finding[] }
  | { readonly problem: Problem; readonly findings: readonly Finding[] }
  | 'too-many-fields';

/** An empty body is an empty object, whatever its type. */
export function readBody(http: HttpRequest, schema: Schema): ReadBody {
  if (http.body.length === 0) return { value: {}, findings: [] };
  const header = http.headers['content-type'];
  const type = parseMediaType(header ?? '');
  if (isMatch(JSON_TYPE, type)) return readJson(http.body, type.parameters.get('charset'));
  if (isMatch(FORM_TYPE, type)) return readFormBody(http.body, schema);
  return { problem: { problem: 'unsupported-media-type', mediaType: header }, findings: [] };
}

function readJson(body: Buffer, charset: string | undefined): ReadBody {
  const decoded = decodeText(body, charset);
  const findings = isUtf8Name(charset) ? [] : [{ row: 'IBL-CHARSET' }];
  const parsed: Parsed = 'fault' in decoded ? decoded : parsePythonJson(decoded.text);
  if ('value' in parsed) return { value: parsed.value, findings };
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

function droppedDictionary(name: string): Warning {
  return {
    in: 'body',
    path: [name],
    keyword: 'tolerance',
    message: `${name} is a dictionary, which the vendor does not read from a text in a form; it takes JSON to send one.`,
  };
}
