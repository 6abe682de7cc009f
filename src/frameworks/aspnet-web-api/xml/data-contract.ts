/** Describes a .NET class that the DataContractSerializer writes into an answer. */
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { Field } from '../model.ts';
import { SCHEMA_NAMESPACE, SERIALIZATION_NAMESPACE } from './namespaces.ts';
import { encodeName } from './write-xml.ts';

export type DataContract = {
  /** The class's name: `ValidationResult`. */
  readonly name: string;
  /** Its .NET namespace: `FluentValidation.Results`. */
  readonly namespace: string;
  /** In alphabetical order, as in XML. `element` is the name escaped for XML. */
  readonly members: readonly (DataMember & { readonly element: string })[];
};

/** `name` is the member's name in the JSON answer. */
export type DataMember = { readonly name: string } & DataType;

export type DataType =
  | { readonly kind: 'text' }
  | { readonly kind: 'boolean' }
  /** A number in JSON; in XML, the name at that index. */
  | { readonly kind: 'enum'; readonly names: readonly string[] }
  /** A list of objects whose class is in the same namespace. */
  | { readonly kind: 'list'; readonly of: DataContract }
  /** A value declared as object. XML names its type: the type of the field it comes from, or of the value itself. */
  | { readonly kind: 'object'; readonly fieldOf?: (owner: JsonObject) => Field | undefined }
  /** A list of objects. */
  | { readonly kind: 'objects' }
  /** A dictionary from texts to objects. */
  | {
      readonly kind: 'dictionary';
      readonly fieldOf: (owner: JsonObject, key: string) => Field | undefined;
    };

/** `members` in any order. */
export function createContract(
  contract: Omit<DataContract, 'members'> & { readonly members: readonly DataMember[] },
): DataContract {
  const members = contract.members
    .map((member) => ({ ...member, element: encodeName(member.name) }))
    .toSorted((one, other) => (one.element < other.element ? -1 : 1));
  return { ...contract, members };
}

/** A type's name as written in `i:type`. */
export type XmlType = { readonly namespace: string; readonly name: string };

const XML_TYPES = {
  text: { namespace: SCHEMA_NAMESPACE, name: 'string' },
  int: { namespace: SCHEMA_NAMESPACE, name: 'int' },
  guid: { namespace: SERIALIZATION_NAMESPACE, name: 'guid' },
  date: { namespace: SCHEMA_NAMESPACE, name: 'dateTime' },
} as const;

/** The type of a single value. */
export function xmlTypeOf(value: Json, field: Field | undefined): XmlType {
  if (field?.isList === false) return XML_TYPES[field.type];
  if (typeof value === 'boolean') return { namespace: SCHEMA_NAMESPACE, name: 'boolean' };
  if (typeof value !== 'number') return XML_TYPES.text;
  return Number.isInteger(value) ? XML_TYPES.int : { namespace: SCHEMA_NAMESPACE, name: 'double' };
}

/** The element name of a list's items. */
export function itemNameOf(field: Field | undefined): 'guid' | 'string' {
  return field?.type === 'guid' ? 'guid' : 'string';
}
