/** A ValidationResult as the DataContractSerializer writes it, bytes and prefixes alike. ALICE-XML-VALUES. */
import type { Json, JsonObject } from '../../../messages/json.ts';
import { findField, type Field, type FieldType } from '../model.ts';
import { backingField, FAILURE_MEMBERS, type FailureMember } from '../fluent-validation/validation-result.ts';
import {
  ARRAYS_NAMESPACE,
  INSTANCE_NAMESPACE,
  RESULT_NAMESPACE,
  SCHEMA_NAMESPACE,
  SERIALIZATION_NAMESPACE,
} from './namespaces.ts';
import { element, encodeName, textElement } from './write-xml.ts';

const ROOT_ATTRIBUTES = ` xmlns:i="${INSTANCE_NAMESPACE}" xmlns="${RESULT_NAMESPACE}"`;
const NIL = ' i:nil="true"';
const SEVERITIES = ['Error', 'Warning', 'Info'];
/** Elements inside ValidationResult, errors, ValidationFailure: prefixes are named after the depth. */
const MEMBER_DEPTH = 4;
const ITEM_DEPTH = 5;
const VALUE_DEPTH = 6;

const XML_TYPES: Readonly<Record<FieldType, { namespace: string; name: string }>> = {
  text: { namespace: SCHEMA_NAMESPACE, name: 'string' },
  int: { namespace: SCHEMA_NAMESPACE, name: 'int' },
  guid: { namespace: SERIALIZATION_NAMESPACE, name: 'guid' },
  date: { namespace: SCHEMA_NAMESPACE, name: 'dateTime' },
};

/** Members in the order of their names as they are written. */
const WIRE_MEMBERS = FAILURE_MEMBERS.map((member) => ({
  member,
  key: backingField(member),
  name: encodeName(backingField(member)),
})).toSorted((one, other) => (one.name < other.name ? -1 : 1));
const DESCRIBED_MEMBERS = FAILURE_MEMBERS.toSorted().map((member) => ({
  member,
  key: member as string,
  name: member as string,
}));

type Members = typeof DESCRIBED_MEMBERS;

export function writeWireResult({ errors }: JsonObject): string {
  const failures = writeFailures(errors, WIRE_MEMBERS);
  return element('ValidationResult', element('errors', failures), ROOT_ATTRIBUTES);
}

export function writeDescribedResult({ Errors, IsValid }: JsonObject): string {
  const failures = element('Errors', writeFailures(Errors, DESCRIBED_MEMBERS));
  const isValid = textElement('IsValid', String(IsValid === true));
  return element('ValidationResult', failures + isValid, ROOT_ATTRIBUTES);
}

function writeFailures(failures: Json | undefined, members: Members): string {
  if (!Array.isArray(failures)) return '';
  return failures
    .filter((failure) => typeof failure === 'object' && failure !== null)
    .map((failure) => writeFailure(failure as JsonObject, members))
    .join('');
}

function writeFailure(failure: JsonObject, members: Members): string {
  const property = members.find(({ member }) => member === 'PropertyName');
  const field = findField(String(failure[property?.key ?? ''] ?? ''));
  const content = members
    .map(({ member, key, name }) => writeMember(member, name, failure[key] ?? null, field))
    .join('');
  return element('ValidationFailure', content);
}

function writeMember(
  member: FailureMember,
  name: string,
  value: Json,
  field: Field | undefined,
): string {
  switch (member) {
    case 'AttemptedValue':
      return writeTyped(name, value, { depth: MEMBER_DEPTH, field });
    case 'CustomState':
      return writeTyped(name, value, { depth: MEMBER_DEPTH });
    case 'FormattedMessageArguments':
      return writeArguments(name, value);
    case 'FormattedMessagePlaceholderValues':
      return writePlaceholders(name, value, field);
    case 'Severity':
      return textElement(name, SEVERITIES[Number(value)] ?? 'Error');
    default:
      return value === null ? element(name, '', NIL) : textElement(name, String(value));
  }
}

/** A list of a namespace of its own declares the prefix also where it is null. */
function arraysAttribute(depth: number): string {
  return ` xmlns:d${depth}p1="${ARRAYS_NAMESPACE}"`;
}

function writeArguments(name: string, value: Json): string {
  const attribute = arraysAttribute(MEMBER_DEPTH);
  if (!Array.isArray(value)) return element(name, '', attribute + NIL);
  const items = value.map((item) => writeTyped(`d4p1:anyType`, item, { depth: ITEM_DEPTH }));
  return element(name, items.join(''), attribute);
}

/** A dictionary: `KeyValueOfstringanyType` of `Key` and `Value`. */
function writePlaceholders(name: string, value: Json, field: Field | undefined): string {
  const attribute = arraysAttribute(MEMBER_DEPTH);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return element(name, '', attribute + NIL);
  }
  const entries = Object.entries(value).map(([key, each]) => {
    const isOfField = key === 'PropertyValue' || key === 'ComparisonValue';
    const typed = writeTyped('d4p1:Value', each, {
      depth: VALUE_DEPTH,
      field: isOfField ? field : undefined,
      arraysPrefix: 'd4p1',
    });
    return element('d4p1:KeyValueOfstringanyType', textElement('d4p1:Key', key) + typed);
  });
  return element(name, entries.join(''), attribute);
}

type Place = {
  readonly depth: number;
  /** Whose type the value has; undefined: told by the value. */
  readonly field?: Field | undefined;
  /** The prefix of the Arrays namespace where an element around has declared it. */
  readonly arraysPrefix?: string;
};

/** A value declared as object carries its type in i:type, under a prefix that it declares. */
function writeTyped(name: string, value: Json, place: Place): string {
  if (value === null) return element(name, '', NIL);
  if (Array.isArray(value)) return writeList(name, value, place);
  const type = place.field?.isList === false ? place.field.type : undefined;
  const { namespace, name: typeName } = type ? XML_TYPES[type] : typeOfValue(value);
  const prefix = `d${place.depth}p1`;
  const attributes = ` xmlns:${prefix}="${namespace}" i:type="${prefix}:${typeName}"`;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return textElement(name, text, attributes);
}

function writeList(name: string, items: readonly Json[], place: Place): string {
  const itemType = place.field?.type === 'guid' ? 'guid' : 'string';
  const prefix = place.arraysPrefix ?? `d${place.depth}p1`;
  const declaration = place.arraysPrefix ? '' : arraysAttribute(place.depth);
  const attributes = `${declaration} i:type="${prefix}:ArrayOf${itemType}"`;
  const written = items.map((item) =>
    item === null
      ? element(`${prefix}:${itemType}`, '', NIL)
      : textElement(`${prefix}:${itemType}`, String(item)),
  );
  return element(name, written.join(''), attributes);
}

function typeOfValue(value: Json): { namespace: string; name: string } {
  if (typeof value === 'boolean') return { namespace: SCHEMA_NAMESPACE, name: 'boolean' };
  if (typeof value !== 'number') return XML_TYPES.text;
  return Number.isInteger(value) ? XML_TYPES.int : { namespace: SCHEMA_NAMESPACE, name: 'double' };
}
