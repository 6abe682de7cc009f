/**
 * Decodes JSON as Json.NET 6 reads it into the request's class: what it accepts, where it stops and
 * which paths it then reports. Values stay as they were sent; `bind-value.ts` converts them.
 */
import type { Json, JsonObject } from '../../../messages/json.ts';
import { bindValue } from '../bind-value.ts';
import { createTolerance, shorten, type Decoded } from '../decoded.ts';
import { formatDouble, toInt32 } from '../values/number.ts';
import type { Field, FieldType, Model } from '../model.ts';
import { readDocument, type Reader } from './reader.ts';
import { readFloatLiteral, readIntegerLiteral } from './scanner.ts';

/** Row NAMES: names match in any letter case; unknown names are ignored. */
const NAMES = 'NAMES';
const LENIENCY = 'JSON-LENIENCY';

export function decodeJson(text: string, model: Model): Decoded {
  const tolerance = createTolerance();
  const body: JsonObject = {};
  const spelling = new Map<string, string>();
  let root: Json = body;
  const faults = readDocument(text, tolerance, (reader) => {
    if (reader.scanner.peek() === '{') {
      readObject(reader);
      warnOfTrail(reader);
    } else {
      root = readRoot(reader);
    }
  });
  return { body: root, spelling, faults, tolerated: tolerance.list(), rows: tolerance.rows };

  function warnOfTrail({ scanner }: Reader): void {
    scanner.skipSpace();
    if (scanner.isAtEnd()) return;
    const message = 'Text follows the JSON value; the vendor ignores it.';
    tolerance.add([], 'syntax', message, LENIENCY);
  }

  function readObject(reader: Reader): void {
    eachField(reader, model, (field, written) => {
      spelling.delete(field.name);
      spelling.set(field.name, written);
      setValue(field, readField(reader, field));
    });
  }

  function eachField(
    reader: Reader,
    { findIgnoringCase }: Model,
    onField: (field: Field, written: string) => void,
  ): void {
    reader.eachProperty((written) => {
      const field = findIgnoringCase(written);
      if (!field) {
        tolerance.add(reader.path(), 'additionalProperties', unknownProperty(written), NAMES);
        reader.skipValue();
        return;
      }
      if (field.name !== written) {
        const message = `"${written}" is spelt ${field.name} in the docs; the vendor accepts it anyway.`;
        tolerance.add(reader.path(), 'additionalProperties', message, NAMES);
      }
      onField(field, written);
    });
  }

  function readField(reader: Reader, field: Field): Json {
    if (field.isMap === true) return readMap(reader, field);
    return field.isList ? readListField(reader, field) : readItem(reader, field);
  }

  /** A dictionary accepts every name. */
  function readMap(reader: Reader, field: Field): Json {
    if (reader.scanner.peek() !== '{') return readItem(reader, field);
    const map: JsonObject = {};
    reader.eachProperty((name) => {
      const value = readItem(reader, field);
      Object.defineProperty(map, name, { value, enumerable: true, configurable: true });
    });
    return map;
  }

  function readClass(reader: Reader, of: Model): JsonObject {
    const read: JsonObject = {};
    eachField(reader, of, (field) => {
      read[field.name] = readField(reader, field);
    });
    return read;
  }

  /** If a property is sent twice, the last value wins, but a second list is appended to the first. Row DUPLICATE-KEYS. */
  function setValue(field: Field, value: Json): void {
    const before = body[field.name];
    const isTwice = Object.hasOwn(body, field.name);
    delete body[field.name];
    body[field.name] = value;
    if (!isTwice || before === undefined) return;
    const message = `${field.name} occurs more than once; the docs allow it once.`;
    tolerance.add([field.name], 'duplicate', message, 'DUPLICATE-KEYS');
    if (Array.isArray(before) && Array.isArray(value)) {
      for (const item of value) before.push(item);
      body[field.name] = before;
    } else if (!Array.isArray(before) && !bindValue('json', before, field)) {
      // Json.NET reports a value that does not bind before it reads the second spelling.
      body[field.name] = before;
    }
  }

  function readListField(reader: Reader, field: Field): Json {
    if (reader.scanner.peek() === '[') {
      const items: Json[] = [];
      reader.eachItem(() => items.push(readItem(reader, field)));
      return items;
    }
    const value = readItem(reader, { type: 'list' });
    // Json.NET has stepped into the object before it says that it wants a list, and cannot find out again.
    if (isFilledObject(value)) reader.stopInside(Object.keys(value), 'A list was wanted.');
    return value;
  }

  function readItem(
    reader: Reader,
    { type, of }: { readonly type: FieldType | 'list'; readonly of?: Model },
  ): Json {
    if (of && reader.scanner.peek() === '{') return readClass(reader, of);
    const literal = reader.scanner.readNumber();
    if (literal !== '') return readNumber(reader, literal, type);
    const word = reader.scanner.readWord();
    if (word !== undefined) return readWord(reader, word, type);
    const value = reader.readAny();
    if (type === 'guid' && isFilledObject(value) && !reader.isInList()) {
      reader.stopInside(Object.keys(value), 'A GUID was wanted.');
    }
    return value;
  }

  /** `undefined` is null, but not for a GUID or a list. NaN and Infinity are text for a string. Others do not bind. */
  function readWord(reader: Reader, word: string, type: FieldType | 'list'): Json {
    const isUndefined = word === 'undefined';
    if (isUndefined ? type !== 'guid' && type !== 'list' : type !== 'text') return UNBINDABLE;
    const value = isUndefined ? null : word;
    const message = `${word} is not valid JSON; the vendor reads it as ${JSON.stringify(value)}.`;
    tolerance.add(reader.path(), 'syntax', message, LENIENCY);
    return value;
  }

  /** A literal that Json.NET cannot convert to the property's type confuses its reader. Row NUMBER-LITERALS. */
  function readNumber(reader: Reader, literal: string, type: FieldType | 'list'): Json {
    const digits = readIntegerLiteral(literal);
    const double = digits === undefined ? readFloatLiteral(literal) : Number(digits);
    const isUpset =
      double === undefined ||
      (type === 'int' && (digits === undefined || toInt32(double) === undefined));
    if (isUpset) {
      const wanted = type === 'int' ? 'a 32-bit integer' : 'a number';
      return reader.stopUpset(`${shorten(literal, 40)} is not ${wanted}.`);
    }
    if (digits !== undefined && /^-?0[\dxX]/.test(literal)) {
      const message = `${literal} is not a JSON number, because JSON allows only base 10 without leading zeros; the vendor reads it as ${digits}.`;
      tolerance.add(reader.path(), 'syntax', message, 'NUMBER-LITERALS');
    }
    if (type !== 'text') return double;
    const message = `${shorten(literal, 40)} is a number; the docs require a string, and the vendor reads it as one.`;
    tolerance.add(reader.path(), 'type', message, 'VALUE-FORMS');
    return digits ?? formatDouble(double);
  }
}

/** Json.NET creates no simple value from an object, so this never binds. */
const UNBINDABLE: JsonObject = {};

/** Reads a root that is not an object. Its kind is enough to refuse it. */
function readRoot(reader: Reader): Json {
  if (reader.scanner.isAtEnd()) return null;
  if (reader.scanner.peek() === '[') return [];
  if (reader.scanner.readWord() === 'undefined') return null;
  const literal = reader.scanner.readNumber();
  return literal === '' ? reader.readAny() : (readFloatLiteral(literal) ?? 0);
}

function unknownProperty(name: string): string {
  return `"${shorten(name)}" is not a documented property; the vendor ignores it.`;
}

export function isFilledObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > 0
  );
}
