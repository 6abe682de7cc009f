/** Writes an answer with the same bytes and prefixes as the DataContractSerializer. Row XML-VALUES. */
import { isJsonObject, type Json, type JsonObject } from '../../../messages/json.ts';
import type { Field } from '../model.ts';
import { itemNameOf, xmlTypeOf, type DataContract, type DataMember } from './data-contract.ts';
import { ARRAYS_NAMESPACE, contractNamespace, INSTANCE_NAMESPACE } from './namespaces.ts';
import { element, textElement } from './write-xml.ts';

const NIL = ' i:nil="true"';

/** Writes a whole document. */
export function writeContract(contract: DataContract, value: JsonObject): string {
  const attributes = ` xmlns:i="${INSTANCE_NAMESPACE}" xmlns="${contractNamespace(contract.namespace)}"`;
  return element(contract.name, writeMembers(contract, value, 2), attributes);
}

/** `depth` is the depth of the members' elements. Prefixes inside them are named after it. */
function writeMembers({ members }: DataContract, value: JsonObject, depth: number): string {
  return members.map((member) => writeMember(member, member.element, value, depth)).join('');
}

function writeMember(member: DataMember, name: string, owner: JsonObject, depth: number): string {
  const value = owner[member.name] ?? null;
  switch (member.kind) {
    case 'text':
      return value === null ? element(name, '', NIL) : textElement(name, String(value));
    case 'boolean':
      return textElement(name, String(value === true));
    case 'enum':
      return textElement(name, member.names[Number(value)] ?? member.names[0] ?? '');
    case 'list':
      return element(name, writeItems(member.of, value, depth + 1));
    case 'object':
      return writeObject(name, value, { depth, field: member.fieldOf?.(owner) });
    case 'objects':
      return writeObjects(name, value, depth);
    case 'dictionary':
      return writeDictionary(name, value, depth, (key) => member.fieldOf(owner, key));
  }
}

function writeItems(contract: DataContract, items: Json, depth: number): string {
  if (!Array.isArray(items)) return '';
  return items
    .filter((item) => isJsonObject(item))
    .map((item) => element(contract.name, writeMembers(contract, item, depth + 1)))
    .join('');
}

/** A list in a different namespace declares its prefix even if it is null. */
function arraysAttribute(depth: number): string {
  return ` xmlns:d${depth}p1="${ARRAYS_NAMESPACE}"`;
}

function writeObjects(name: string, value: Json, depth: number): string {
  const attribute = arraysAttribute(depth);
  if (!Array.isArray(value)) return element(name, '', attribute + NIL);
  const items = value.map((item) => writeObject(`d${depth}p1:anyType`, item, { depth: depth + 1 }));
  return element(name, items.join(''), attribute);
}

/** Writes `KeyValueOfstringanyType` elements, each with a `Key` and a `Value`. */
function writeDictionary(
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
function writeObject(name: string, value: Json, place: Place): string {
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
