/**
 * A license out of JSON, as Json.NET 6 reads it into the request's class: what it takes, where it stops and
 * under which paths it then reports. Values are left as they are written; `bind-value.ts` converts them.
 */
import type { Json, JsonObject } from '../../vendor.ts';
import { bindValue } from '../bind-value.ts';
import { createTolerance, shorten, type Decoded } from '../decoded.ts';
import { formatDouble, toInt32 } from '../dotnet-number.ts';
import { findFieldIgnoringCase, type Field, type FieldType } from '../license-fields.ts';
import { readDocument, type Reader } from './reader.ts';
import { readFloatLiteral, readIntegerLiteral } from './scanner.ts';

export function decodeJson(text: string): Decoded {
  const tolerance = createTolerance();
  const body: JsonObject = {};
  const spelling = new Map<string, string>();
  let root: Json = body;
  const faults = readDocument(text, tolerance, (reader) => {
    if (reader.scanner.peek() === '{') {
      readLicense(reader);
      warnOfTrail(reader);
    } else {
      root = readRoot(reader);
    }
  });
  return { body: root, spelling, faults, tolerated: tolerance.list() };

  function warnOfTrail({ scanner }: Reader): void {
    scanner.skipSpace();
    if (scanner.isAtEnd()) return;
    tolerance.add([], 'syntax', 'Text behind the end of the JSON value was not read.');
  }

  function readLicense(reader: Reader): void {
    reader.eachProperty((written) => {
      const field = findFieldIgnoringCase(written);
      if (!field) {
        tolerance.add([written], 'additionalProperties', unknownProperty(written));
        reader.skipValue();
        return;
      }
      if (field.name !== written) {
        const message = `"${written}" was read as ${field.name}; the docs spell it so.`;
        tolerance.add([written], 'additionalProperties', message);
      }
      spelling.delete(field.name);
      spelling.set(field.name, written);
      const value = field.isList ? readListField(reader, field) : readItem(reader, field.type);
      setValue(field, value);
    });
  }

  /** The last of two spellings of a property wins, but a list goes on where the first one ended. ALICE-DUPLICATE-KEYS. */
  function setValue(field: Field, value: Json): void {
    const before = body[field.name];
    const isTwice = Object.hasOwn(body, field.name);
    delete body[field.name];
    body[field.name] = value;
    if (!isTwice || before === undefined) return;
    tolerance.add([field.name], 'duplicate', `${field.name} is there more than once.`);
    if (Array.isArray(before) && Array.isArray(value)) body[field.name] = [...before, ...value];
    // What did not bind was reported before its second spelling was read.
    else if (!Array.isArray(before) && !bindValue('json', before, field)) body[field.name] = before;
  }

  function readListField(reader: Reader, field: Field): Json {
    if (reader.scanner.peek() !== '[') {
      const value = reader.readAny();
      // Json.NET has stepped into the object before it says that it wants a list, and cannot find out again.
      if (isFilledObject(value)) reader.stopInside(Object.keys(value), 'A list was wanted.');
      return value;
    }
    const items: Json[] = [];
    reader.eachItem(() => items.push(readItem(reader, field.type)));
    return items;
  }

  function readItem(reader: Reader, type: FieldType): Json {
    const literal = reader.scanner.readNumber();
    if (literal !== '') return readNumber(reader, literal, type);
    const value = reader.readAny();
    if (type === 'guid' && isFilledObject(value) && !reader.isInList()) {
      reader.stopInside(Object.keys(value), 'A GUID was wanted.');
    }
    return value;
  }

  /** A literal that Json.NET cannot turn into the property's type upsets the reader itself. ALICE-NUMBER-LITERALS. */
  function readNumber(reader: Reader, literal: string, type: FieldType): Json {
    const digits = readIntegerLiteral(literal);
    const double = digits === undefined ? readFloatLiteral(literal) : Number(digits);
    const isUpset =
      double === undefined ||
      (type === 'int' && (digits === undefined || toInt32(double) === undefined));
    if (isUpset) {
      const wanted = type === 'int' ? 'a 32-bit integer' : 'a number';
      return reader.stopUpset(`${shorten(literal, 40)} is not ${wanted}.`);
    }
    if (digits !== undefined && digits !== literal) {
      tolerance.add(
        reader.path(),
        'syntax',
        `${literal} was read as ${digits}; JSON has base 10 alone.`,
      );
    }
    if (type !== 'text') return double;
    tolerance.add(
      reader.path(),
      'type',
      `${shorten(literal, 40)} was taken for a string; the docs have a string.`,
    );
    return digits ?? formatDouble(double);
  }
}

/** A root that is no object: what kind it is of suffices to refuse it. */
function readRoot(reader: Reader): Json {
  if (reader.scanner.isAtEnd()) return null;
  if (reader.scanner.peek() === '[') return [];
  const literal = reader.scanner.readNumber();
  return literal === '' ? reader.readAny() : (readFloatLiteral(literal) ?? 0);
}

function unknownProperty(name: string): string {
  return `The vendor ignores "${shorten(name)}"; the docs have no such property.`;
}

export function isFilledObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > 0
  );
}
