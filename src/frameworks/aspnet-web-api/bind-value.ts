/** Converts one value to a property's type as each of the vendor's three readers does. Row VALUE-FORMS. */
import type { Json } from '../../messages/json.ts';
import { formatStored, type DateTime } from './values/date-time.ts';
import { formatDouble, parseInt32, toInt32 } from './values/number.ts';
import { parseGuid } from './values/guid.ts';
import { EMPTY_GUID, type Field, type FieldType } from './model.ts';
import { isIsoDate, parseFormDate, parseJsonDate, parseXmlDate } from './values/parse-date.ts';

/** The reader that the vendor used for the body. */
export type Source = 'json' | 'xml' | 'form';

export type Target = {
  readonly type: FieldType;
  readonly isNullable: boolean;
  readonly names?: Field['names'];
};

/** A value in its documented type. `tolerated` says what the docs ask for instead of what was sent. */
export type Bound = {
  readonly value: Json;
  readonly tolerated?: { readonly keyword: 'type' | 'format'; readonly wanted: string };
};

const WANTED: Readonly<Record<FieldType, string>> = {
  text: 'a string',
  int: 'an integer',
  guid: 'a GUID with hyphens',
  date: 'an ISO 8601 date with a time and a time zone',
  boolean: 'true or false',
  enum: 'a number',
  value: 'a value',
  class: 'an object',
};

/** Returns undefined if the vendor's reader would refuse the value. */
export function bindValue(source: Source, raw: Json, target: Target): Bound | undefined {
  if (source === 'json') return bindJson(raw, target);
  if (raw !== null && typeof raw !== 'string') return undefined;
  return source === 'xml' ? bindXml(raw, target) : bindForm(raw, target);
}

/** Json.NET 6. */
function bindJson(raw: Json, { type, isNullable, names }: Target): Bound | undefined {
  if (type === 'value') return { value: raw };
  const isText = type === 'text';
  if (raw === null) return isNullable || isText ? { value: null } : undefined;
  if (raw === '' && !isText) return isNullable ? tolerate(null, 'type', type) : undefined;
  switch (type) {
    case 'text':
      return bindJsonText(raw);
    case 'int':
      return bindJsonInt(raw);
    case 'guid':
      return typeof raw === 'string' ? bindGuid(raw) : undefined;
    case 'date':
      return typeof raw === 'string' ? bindJsonDate(raw) : undefined;
    case 'boolean':
      return bindJsonBoolean(raw);
    case 'enum':
      return bindJsonEnum(raw, names);
    // The reader has already turned an object into one.
    case 'class':
      return undefined;
  }
}

function bindJsonBoolean(raw: Json): Bound | undefined {
  if (typeof raw === 'boolean') return { value: raw };
  if (typeof raw === 'number') return tolerate(raw !== 0, 'type', 'boolean');
  const value = typeof raw === 'string' ? parseBoolean(raw) : undefined;
  return value === undefined ? undefined : tolerate(value, 'type', 'boolean');
}

/** Accepts any 32-bit number, or a name in any letter case. */
function bindJsonEnum(raw: Json, names: Target['names']): Bound | undefined {
  if (typeof raw === 'number') return toBound(toInt32(raw));
  const value = typeof raw === 'string' ? parseEnum(raw, names) : undefined;
  return value === undefined ? undefined : tolerate(value, 'type', 'enum');
}

function parseEnum(text: string, names: Target['names'] = []): number | undefined {
  const lower = text.trim().toLowerCase();
  const index = names.findIndex((name) => name.toLowerCase() === lower);
  return index < 0 ? parseInt32(text) : index;
}

/** Like Boolean.Parse. */
function parseBoolean(text: string): boolean | undefined {
  const lower = text.trim().toLowerCase();
  if (lower === 'true') return true;
  return lower === 'false' ? false : undefined;
}

function bindJsonText(raw: Json): Bound | undefined {
  if (typeof raw === 'string') return { value: raw };
  if (typeof raw === 'number') return tolerate(formatDouble(raw), 'type', 'text');
  if (typeof raw === 'boolean') return tolerate(raw ? 'True' : 'False', 'type', 'text');
  return undefined;
}

function bindJsonInt(raw: Json): Bound | undefined {
  if (typeof raw === 'number') return toBound(toInt32(raw));
  const value = typeof raw === 'string' ? parseInt32(raw) : undefined;
  return value === undefined ? undefined : tolerate(value, 'type', 'int');
}

function bindJsonDate(raw: string): Bound | undefined {
  const date = parseJsonDate(raw);
  if (!date) return undefined;
  const value = formatStored(date);
  const isDocumented = date.kind !== 'unspecified' && isIsoDate(raw);
  return isDocumented ? { value } : tolerate(value, 'format', 'date');
}

/** DataContractSerializer: refuses an empty element for a number, a GUID or a date. */
function bindXml(raw: string | null, { type, isNullable, names = [] }: Target): Bound | undefined {
  if (raw === null) return isNullable || type === 'text' ? { value: null } : undefined;
  switch (type) {
    case 'text':
      return { value: raw };
    case 'int':
      return toBound(parseInt32(raw));
    case 'guid':
      return bindGuid(raw);
    case 'date':
      return bindDate(parseXmlDate(raw));
    case 'boolean':
      return bindXmlBoolean(raw.trim());
    // XML accepts only the member's name.
    case 'enum':
      return names.includes(raw.trim()) ? { value: names.indexOf(raw.trim()) } : undefined;
    case 'value':
      return { value: raw };
    case 'class':
      return undefined;
  }
}

function bindXmlBoolean(text: string): Bound | undefined {
  if (text === 'true' || text === '1') return { value: true };
  return text === 'false' || text === '0' ? { value: false } : undefined;
}

/** Model binding: a blank value is null. */
function bindForm(raw: string | null, { type, isNullable, names }: Target): Bound | undefined {
  if (raw === null || raw.trim() === '') {
    return isNullable || type === 'text' ? { value: null } : undefined;
  }
  switch (type) {
    case 'text':
      return { value: raw };
    case 'int':
      return toBound(parseInt32(raw) ?? parseHexadecimal(raw.trim()));
    case 'guid':
      return bindGuid(raw);
    case 'date':
      return bindDate(parseFormDate(raw));
    case 'boolean': {
      const value = parseBoolean(raw);
      return value === undefined ? undefined : { value };
    }
    case 'enum':
      return toBound(parseEnum(raw, names));
    case 'value':
      return { value: raw };
    case 'class':
      return undefined;
  }
}

/** .NET's Int32Converter, which reads form values, also accepts #1F, 0x1F and &h1F. The top bit is the sign. */
function parseHexadecimal(text: string): number | undefined {
  const [, digits] = /^(?:#|0x|&h)([0-9a-f]{1,8})$/i.exec(text) ?? [];
  return digits === undefined ? undefined : Number.parseInt(digits, 16) | 0;
}

/** In a form, a blank item in a list of GUIDs becomes the all-zero GUID. */
export function blankFormItem(type: FieldType): Json {
  return type === 'guid' ? EMPTY_GUID : null;
}

function bindGuid(raw: string): Bound | undefined {
  const value = parseGuid(raw);
  if (value === undefined) return undefined;
  return value === raw.toLowerCase() ? { value } : tolerate(value, 'format', 'guid');
}

function bindDate(date: DateTime | undefined): Bound | undefined {
  if (!date) return undefined;
  const value = formatStored(date);
  return date.kind === 'unspecified' ? tolerate(value, 'format', 'date') : { value };
}

function toBound(value: number | undefined): Bound | undefined {
  return value === undefined ? undefined : { value };
}

function tolerate(value: Json, keyword: 'type' | 'format', type: FieldType): Bound {
  return { value, tolerated: { keyword, wanted: WANTED[type] } };
}
