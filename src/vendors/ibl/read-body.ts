/** A request's body as its parser decodes it. */
import type { HttpRequest, Json, Problem, Schema } from '../vendor.ts';
import { decodeText } from './decode-text.ts';
import { FORM_TYPE, isMatch, JSON_TYPE, parseMediaType } from './media-type.ts';
import { parsePythonJson } from './python-json.ts';
import { parseQueryDict } from './query-dict.ts';
import { readForm } from './read-form.ts';

export type ReadBody = { readonly value: Json } | { readonly problem: Problem } | 'too-many-fields';

/** An empty body is an empty object, whatever its type. */
export function readBody(http: HttpRequest, schema: Schema): ReadBody {
  if (http.body.length === 0) return { value: {} };
  const header = http.headers['content-type'];
  const type = parseMediaType(header ?? '');
  if (isMatch(JSON_TYPE, type)) return readJson(http.body, type.parameters.get('charset'));
  if (isMatch(FORM_TYPE, type)) return readFormBody(http.body, schema);
  return { problem: { problem: 'unsupported-media-type', mediaType: header } };
}

function readJson(body: Buffer, charset: string | undefined): ReadBody {
  const decoded = decodeText(body, charset);
  const parsed = 'fault' in decoded ? decoded : parsePythonJson(decoded.text);
  if ('value' in parsed) return parsed;
  return { problem: { problem: 'unparsable', detail: `JSON parse error - ${parsed.fault}` } };
}

/** Bytes that are no UTF-8 are read as Latin-1, as Django does. */
function readFormBody(body: Buffer, schema: Schema): ReadBody {
  const decoded = decodeText(body, undefined);
  const fields = parseQueryDict('text' in decoded ? decoded.text : body.toString('latin1'));
  return fields === undefined ? 'too-many-fields' : { value: readForm(fields, schema) };
}
