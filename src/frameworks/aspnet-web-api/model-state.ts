/** Web API's ModelState: the messages for each value that did not bind, under the value's key. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { Violation } from '../../messages/message.ts';
import type { Source } from './bind-value.ts';
import { UNREADABLE, shorten, type Decoded, type Path } from './decoded.ts';
import type { Action, Argument, WebApiReading } from './facts.ts';
import { isFilledObject } from './json/decode-json.ts';
import { createModel, type FieldType } from './model.ts';
import { isIntegerText } from './values/number.ts';

const OCCURRED = 'An error has occurred.';
const CLR_TYPES: Readonly<Record<FieldType, string>> = {
  text: 'System.String',
  int: 'System.Int32',
  guid: 'System.Guid',
  date: 'System.DateTime',
  boolean: 'System.Boolean',
  enum: 'System.Enum',
  value: 'System.Object',
  class: 'System.Object',
};
/** For an action without a body: only its query can be wrong. */
const NO_ARGUMENT: Pick<Argument, 'parameter' | 'model'> = {
  parameter: '',
  model: createModel({ name: '', namespace: '', fields: [] }),
};
/** Ajv keywords of a wrong type or form: the vendor would not have bound such a value. */
const BINDING = new Set(['type', 'format', 'pattern', 'minimum', 'maximum', 'enum', 'required']);

/** What was read from the request. */
type Found = Pick<Argument, 'parameter' | 'model'> & {
  readonly source: Source;
  readonly body: Json;
  readonly spelling: Decoded['spelling'];
  readonly form: Decoded['form'];
};

/**
 * Prism reports violations in the order of the spec and with the spec's names; the vendor reports them in the
 * order of the body and with the names as sent.
 */
export function toModelState(
  violations: readonly Violation[],
  { argument }: Action,
  { source = 'json', decoded }: WebApiReading,
  withDetail: boolean,
): JsonObject {
  const { parameter, model } = argument ?? NO_ARGUMENT;
  const { body = null, spelling = new Map<string, string>(), form } = decoded ?? {};
  const found: Found = { parameter, model, source, body, spelling, form };
  // Model binding follows the order of the class's properties, Json.NET the order of the body.
  const order = source === 'form' ? model.fields.map(({ name }) => name) : [...spelling.keys()];
  const rank = ({ path, keyword }: Violation): number => {
    const index = order.indexOf(String(path[0]));
    return keyword === UNREADABLE || index < 0 ? order.length : index;
  };
  const state = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const violation of violations.toSorted((one, other) => rank(one) - rank(other))) {
    const key = keyOf(violation, found);
    const isBinding = BINDING.has(violation.keyword);
    // Several keywords can report one value, which the vendor reports once. XML reports one failure in total.
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

/** In a form, an indexed list ends at its first item that does not bind. */
function isHidden(
  { path }: Violation,
  { parameter, form }: Found,
  state: ReadonlyMap<string, unknown>,
): boolean {
  const [name, index] = path;
  if (index === undefined || !form?.indexed.has(String(name))) return false;
  return [...state.keys()].some((key) => key.startsWith(`${parameter}.${name}[`));
}

function keyOf({ in: place, path, keyword }: Violation, found: Found): string {
  const { parameter, source, spelling, form } = found;
  if (place !== 'body') return String(path[0] ?? '');
  if (keyword === UNREADABLE || !BINDING.has(keyword)) return joinKey(parameter, path);
  // The DataContractSerializer refuses the whole body.
  if (source === 'xml') return parameter;
  const [name, ...rest] = path;
  if (name === undefined) return parameter;
  if (source === 'form' && !form?.indexed.has(String(name))) return joinKey(parameter, [name]);
  const written = spelling.get(String(name)) ?? name;
  return joinKey(parameter, [written, ...rest, ...firstNameInside(path, found)]);
}

/** If a GUID was expected, Json.NET enters the object before it reports the error. */
function firstNameInside(path: Path, { body, model }: Found): Path {
  const value = valueAt(body, path);
  if (model.find(String(path[0]))?.type !== 'guid' || !isFilledObject(value)) return [];
  return Object.keys(value).slice(0, 1);
}

/** Writes a path as Json.NET does: `a.b[0]['c d']`. */
function joinKey(parameter: string, path: Path): string {
  return path.reduce<string>((key, segment) => {
    if (typeof segment === 'number') return `${key}[${segment}]`;
    return /[. [\]()]/.test(segment) ? `${key}['${segment}']` : `${key}.${segment}`;
  }, parameter);
}

function wordOf(violation: Violation, found: Found, withDetail: boolean): string {
  const { in: place, keyword, message, path } = violation;
  if (place !== 'body') return message;
  if (keyword === UNREADABLE) return withDetail ? describe(message, path) : OCCURRED;
  if (!BINDING.has(keyword)) return message;
  if (found.source === 'form') return wordOfForm(violation, found);
  if (!withDetail) return OCCURRED;
  const value = shorten(JSON.stringify(valueAt(found.body, path) ?? null));
  const field = found.model.find(String(path[0]));
  if (!field) return describe(`${value} is no ${found.model.name}.`, path);
  const isList = field.isList && path.length === 1;
  const type = CLR_TYPES[field.type];
  const wanted = isList ? `System.Collections.Generic.List\`1[${type}]` : type;
  return describe(`${value} cannot be converted to ${wanted}.`, path);
}

/** Model binding's own messages, which no setting hides. Row FORM-BINDING. */
function wordOfForm({ path }: Violation, { model, body, form }: Found): string {
  const [name, index] = path.map(String);
  const field = model.find(name ?? '');
  const value = valueAt(body, path);
  const text = typeof value === 'string' ? value : '';
  if (!field || (index === undefined && text.trim() === '')) return 'A value is required.';
  // A number that is too large for an Int32 throws an exception instead.
  if (field.type === 'int' && isIntegerText(text)) return OCCURRED;
  const attempted = index === undefined ? form?.attempted.get(field.name) : text;
  const shown = index === undefined ? field.name : CLR_TYPES[field.type].replace('System.', '');
  return `The value '${attempted}' is not valid for ${shown}.`;
}

function describe(message: string, path: Path): string {
  return `${message} Path '${joinKey('', path).replace(/^\./, '')}'.`;
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
