/** Describes a .NET class that the DataContractSerializer writes into an answer. */
import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { Field } from '../model.ts';
import { SCHEMA_NAMESPACE, SERIALIZATION_NAMESPACE } from './namespaces.ts';
import { encodeName } from './write-xml.ts';

export type DataContract = {
  /** The class's name: `ValidationResult`. */
  readonly name: string;
  /** Its .NET namespace: `FluentValidation.Results`. */
  readonly namespace: string;
  /** In the order of XML: members of the base class first, each group in alphabetical order. `element` is the name escaped for XML. */
  readonly members: readonly (DataMember & { readonly element: string })[];
  /** The class of the items, if the answer is a list. A list has no members. */
  readonly itemsOf?: DataContract;
};

/** `name` is the member's name in the JSON answer; `declaredIn` is the .NET namespace of the base class that declares it. */
export type DataMember = { readonly name: string; readonly declaredIn?: string } & DataType;

export type DataType =
  /** Also a date or a GUID. */
  | { readonly kind: 'text' }
  | { readonly kind: 'int' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'class'; readonly of: DataContract }
  /** A list of single values. */
  | { readonly kind: 'values'; readonly item: 'string' | 'guid' | 'int' }
  /** A dictionary from texts to objects of one class, or to members of an enum. `item` is the element name of an entry. */
  | {
      readonly kind: 'map';
      readonly item: string;
      readonly of: DataContract | readonly string[];
    }
  /** A number in JSON; in XML, the name at that index. */
  | { readonly kind: 'enum'; readonly names: readonly string[] }
  /** A list of objects of one class. */
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
    .toSorted((one, other) => {
      const [isOne, isOther] = [one.declaredIn !== undefined, other.declaredIn !== undefined];
      if (isOne !== isOther) return isOne ? -1 : 1;
      return one.element < other.element ? -1 : 1;
    });
  return { ...contract, members };
}

/** Describes a list that is the whole answer: `ArrayOfProduct`. */
export function createListContract(itemsOf: DataContract): DataContract {
  const { name, namespace } = itemsOf;
  return { name: `ArrayOf${name}`, namespace, members: [], itemsOf };
}

/**
 * The contract name of a generic class: `ApiResponseOfLicense`. If a parameter's type is not built in, a digest of the
 * namespaces follows, as DataContract.GetDefaultStableLocalName computes it.
 */
export function genericName(base: string, parameters: readonly XmlType[]): string {
  const names = parameters.map(({ name }) => name).join('');
  const isBuiltIn = parameters.every(
    ({ namespace }) => namespace === SCHEMA_NAMESPACE || namespace === SERIALIZATION_NAMESPACE,
  );
  const namespaces = parameters.map(({ namespace }) => ` ${namespace}`).join('');
  return `${base}Of${names}` + (isBuiltIn ? '' : digest(` ${parameters.length}${namespaces}`));
}

function digest(text: string): string {
  const bytes = createHash('md5').update(text).digest().subarray(0, 6);
  return bytes.toString('base64').replaceAll('/', '_S').replaceAll('+', '_P');
}

/** A type's name as written in `i:type`. */
export type XmlType = { readonly namespace: string; readonly name: string };

const XML_TYPES = {
  text: { namespace: SCHEMA_NAMESPACE, name: 'string' },
  int: { namespace: SCHEMA_NAMESPACE, name: 'int' },
  guid: { namespace: SERIALIZATION_NAMESPACE, name: 'guid' },
  date: { namespace: SCHEMA_NAMESPACE, name: 'dateTime' },
  boolean: { namespace: SCHEMA_NAMESPACE, name: 'boolean' },
} as const;

/** The type of a single value. */
export function xmlTypeOf(value: Json, field: Field | undefined): XmlType {
  const type = field?.isList === false ? field.type : undefined;
  if (type && Object.hasOwn(XML_TYPES, type)) return XML_TYPES[type as keyof typeof XML_TYPES];
  if (typeof value === 'boolean') return { namespace: SCHEMA_NAMESPACE, name: 'boolean' };
  if (typeof value !== 'number') return XML_TYPES.text;
  return Number.isInteger(value) ? XML_TYPES.int : { namespace: SCHEMA_NAMESPACE, name: 'double' };
}

/** The element name of a list's items. */
export function itemNameOf(field: Field | undefined): 'guid' | 'string' {
  return field?.type === 'guid' ? 'guid' : 'string';
}
