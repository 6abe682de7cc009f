/** The values that did not bind as Web API's ModelState: a key for each, messages under it. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { HttpRequest, Violation } from '../../messages/message.ts';
import { isIntegerText } from './values/number.ts';
import type { Source } from './bind-value.ts';
import { decodeBody, sourceOf } from './decode-body.ts';
import { shorten, UNREADABLE, type Decoded, type Path } from './decoded.ts';
import { isFilledObject } from './json/decode-json.ts';
import { findField, licenseFields, type FieldType } from './model.ts';

/** The action's parameter, which every key begins with. */
const PARAMETER = 'request';
const OCCURRED = 'An error has occurred.';
const CLR_TYPES: Readonly<Record<FieldType, string>> = {
  text: 'System.String',
  int: 'System.Int32',
  guid: 'System.Guid',
  date: 'System.DateTime',
};
/** What ajv finds in a value of a wrong type or form: the vendor would not have bound it. */
const BINDING = new Set(['type', 'format', 'pattern', 'minimum', 'maximum', 'enum', 'required']);

type Found = { readonly source: Source; readonly decoded: Decoded };

/**
 * Prism's violations come in the order of the spec and with its paths; the vendor reports in the order of the
 * body and spells names as the body does, so the body is read once more.
 */
export function toModelState(
  violations: readonly Violation[],
  http: HttpRequest,
  withDetail: boolean,
): JsonObject {
  const source = sourceOf(http) ?? 'json';
  const found: Found = { source, decoded: decodeBody(http, source) };
  // Model binding goes by the class's properties, Json.NET by the body.
  const order =
    source === 'form'
      ? licenseFields.map(({ name }) => name as string)
      : [...found.decoded.spelling.keys()];
  const rank = ({ path, keyword }: Violation): number => {
    const index = order.indexOf(String(path[0]));
    return keyword === UNREADABLE || index < 0 ? order.length : index;
  };
  const state = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const violation of violations.toSorted((one, other) => rank(one) - rank(other))) {
    const key = keyOf(violation, found);
    const isBinding = BINDING.has(violation.keyword);
    // Several keywords may speak of one value, which did not bind once; XML fails once at all.
    const place = source === 'xml' ? key : violation.path.join('/');
    if (isBinding && seen.has(place)) continue;
    if (isBinding) seen.add(place);
    if (isBinding && isHidden(violation, found, state)) continue;
    const messages = state.get(key) ?? [];
    messages.push(wordOf(violation, found, withDetail));
    state.set(key, messages);
  }
  return Object.fromEntries(state);
}

/** A list of a form that counts its items ends at the first that does not bind. */
function isHidden({ path }: Violation, { decoded }: Found, state: Map<string, string[]>): boolean {
  const [name, index] = path;
  if (index === undefined || !decoded.form?.indexed.has(String(name))) return false;
  return [...state.keys()].some((key) => key.startsWith(`${PARAMETER}.${name}[`));
}

function keyOf({ path, keyword }: Violation, { source, decoded }: Found): string {
  if (keyword === UNREADABLE || !BINDING.has(keyword)) return joinKey(path);
  // The DataContractSerializer gives up as a whole.
  if (source === 'xml') return PARAMETER;
  const [name, ...rest] = path;
  if (name === undefined) return PARAMETER;
  if (source === 'form' && !decoded.form?.indexed.has(String(name))) return joinKey([name]);
  const written = decoded.spelling.get(String(name)) ?? name;
  return joinKey([written, ...rest, ...firstNameInside(decoded.body, path)]);
}

/** Where a GUID was wanted Json.NET has stepped into an object before it complains. */
function firstNameInside(body: Json, path: Path): Path {
  const value = valueAt(body, path);
  if (findField(String(path[0]))?.type !== 'guid' || !isFilledObject(value)) return [];
  return Object.keys(value).slice(0, 1);
}

/** Json.NET's paths: `a.b[0]['c d']`. */
function joinKey(path: Path): string {
  return path.reduce<string>((key, segment) => {
    if (typeof segment === 'number') return `${key}[${segment}]`;
    return /[. [\]()]/.test(segment) ? `${key}['${segment}']` : `${key}.${segment}`;
  }, PARAMETER);
}

function wordOf(violation: Violation, found: Found, withDetail: boolean): string {
  const { keyword, message, path } = violation;
  if (keyword === UNREADABLE) return withDetail ? describe(message, path) : OCCURRED;
  if (!BINDING.has(keyword)) return message;
  if (found.source === 'form') return wordOfForm(violation, found.decoded);
  if (!withDetail) return OCCURRED;
  const value = shorten(JSON.stringify(valueAt(found.decoded.body, path) ?? null));
  const field = findField(String(path[0]));
  if (!field) return describe(`${value} is no LicenseRequest.`, path);
  const isList = field.isList && path.length === 1;
  const type = CLR_TYPES[field.type];
  const wanted = isList ? `System.Collections.Generic.List\`1[${type}]` : type;
  return describe(`${value} cannot be converted to ${wanted}.`, path);
}

/** Model binding's own sentences, which no setting hides. ALICE-FORM-BINDING. */
function wordOfForm({ path }: Violation, { body, form }: Decoded): string {
  const [name, index] = path.map(String);
  const field = findField(name ?? '');
  const value = valueAt(body, path);
  const text = typeof value === 'string' ? value : '';
  if (!field || (index === undefined && text.trim() === '')) return 'A value is required.';
  // What is too large for an Int32 fails with an exception instead.
  if (field.type === 'int' && isIntegerText(text)) return OCCURRED;
  const attempted = index === undefined ? form?.attempted.get(field.name) : text;
  const shown = index === undefined ? field.name : CLR_TYPES[field.type].replace('System.', '');
  return `The value '${attempted}' is not valid for ${shown}.`;
}

function describe(message: string, path: Path): string {
  return `${message} Path '${joinKey(path).replace(/^request\.?/, '')}'.`;
}

function valueAt(body: Json, path: Path): Json | undefined {
  let value: Json | undefined = body;
  for (const segment of path) {
    if (Array.isArray(value)) value = value[Number(segment)];
    else if (typeof value === 'object' && value !== null && Object.hasOwn(value, segment)) {
      value = value[segment];
    } else return undefined;
  }
  return value;
}
