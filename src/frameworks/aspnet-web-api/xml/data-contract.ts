/** The description of a .NET class that the DataContractSerializer writes into an answer. */
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { Field } from '../model.ts';
import { SCHEMA_NAMESPACE, SERIALIZATION_NAMESPACE } from './namespaces.ts';
import { encodeName } from './write-xml.ts';

export type DataContract = {
  /** The class's name: `ValidationResult`. */
  readonly name: string;
  /** Its .NET namespace: `FluentValidation.Results`. */
  readonly namespace: string;
  /** In the order of XML: by the alphabet. `element`: the name escaped as XML wants it. */
  readonly members: readonly (DataMember & { readonly element: string })[];
};

/** `name`: as in the JSON of the answer. */
export type DataMember = { readonly name: string } & DataType;

export type DataType =
  | { readonly kind: 'text' }
  | { readonly kind: 'boolean' }
  /** A number in JSON, in XML the name at that index. */
  | { readonly kind: 'enum'; readonly names: readonly string[] }
  /** A list of a class of the same namespace. */
  | { readonly kind: 'list'; readonly of: DataContract }
  /** A value declared as object. It carries its type: that of the field it comes from, else of the value itself. */
  | { readonly kind: 'object'; readonly fieldOf?: (owner: JsonObject) => Field | undefined }
  /** A list of objects. */
  | { readonly kind: 'objects' }
  /** Texts to objects. */
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

/** The name of a type in i:type. */
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

/** The name of a list's items. */
export function itemNameOf(field: Field | undefined): 'guid' | 'string' {
  return field?.type === 'guid' ? 'guid' : 'string';
}
