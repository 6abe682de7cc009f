/** Writes values that a class declares as object: each carries its type in i:type. */
import { isJsonObject, type Json } from '../../../messages/json.ts';
import type { Field } from '../model.ts';
import { itemNameOf, xmlTypeOf } from './data-contract.ts';
import { ARRAYS_NAMESPACE } from './namespaces.ts';
import { element, textElement } from './write-xml.ts';

export const NIL = ' i:nil="true"';

/** A list in a different namespace declares its prefix even if it is null. */
function arraysAttribute(depth: number): string {
  return ` xmlns:d${depth}p1="${ARRAYS_NAMESPACE}"`;
}

/** Writes a list of values that are declared as object. */
export function writeObjects(name: string, value: Json, depth: number): string {
  const attribute = arraysAttribute(depth);
  if (!Array.isArray(value)) return element(name, '', attribute + NIL);
  const items = value.map((item) => writeObject(`d${depth}p1:anyType`, item, { depth: depth + 1 }));
  return element(name, items.join(''), attribute);
}

/** Writes `KeyValueOfstringanyType` elements, each with a `Key` and a `Value`. */
export function writeDictionary(
  name: string,
  value: Json,
  depth: number,
  fieldOf: (key: string) => Field | undefined,
): string {
  const attribute = arraysAttribute(depth);
  if (!isJsonObject(value)) return element(name, '', attribute + NIL);
  const prefix = `d${depth}p1`;
  const entries = Object.entries(value).map(([key, each]) => {
    const field = fieldOf(key);
    const place = { depth: depth + 2, field, arraysPrefix: prefix };
    const written = writeObject(`${prefix}:Value`, each, place);
    return element(
      `${prefix}:KeyValueOfstringanyType`,
      textElement(`${prefix}:Key`, key) + written,
    );
  });
  return element(name, entries.join(''), attribute);
}

type Place = {
  readonly depth: number;
  /** The field whose type the value has; undefined if the value itself tells its type. */
  readonly field?: Field | undefined;
  /** The prefix of the Arrays namespace, if an enclosing element has declared it. */
  readonly arraysPrefix?: string;
};

/** Writes a value declared as object, with its type in i:type under a prefix that the element declares. */
export function writeObject(name: string, value: Json, place: Place): string {
  if (value === null) return element(name, '', NIL);
  if (Array.isArray(value)) return writeArray(name, value, place);
  const { namespace, name: typeName } = xmlTypeOf(value, place.field);
  const prefix = `d${place.depth}p1`;
  const attributes = ` xmlns:${prefix}="${namespace}" i:type="${prefix}:${typeName}"`;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return textElement(name, text, attributes);
}

function writeArray(name: string, items: readonly Json[], place: Place): string {
  const itemName = itemNameOf(place.field);
  const prefix = place.arraysPrefix ?? `d${place.depth}p1`;
  const declaration = place.arraysPrefix ? '' : arraysAttribute(place.depth);
  const attributes = `${declaration} i:type="${prefix}:ArrayOf${itemName}"`;
  const written = items.map((item) =>
    item === null
      ? element(`${prefix}:${itemName}`, '', NIL)
      : textElement(`${prefix}:${itemName}`, String(item)),
  );
  return element(name, written.join(''), attributes);
}
