/** FluentValidation's result in its two forms, as JSON and as what XML is written by. Row RESULT. */
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { Context } from '../../framework.ts';
import type { Exception } from '../facts.ts';
import type { Field, Model } from '../model.ts';
import {
  createContract,
  type DataContract,
  type DataMember,
  type DataType,
} from '../xml/data-contract.ts';

/** One broken rule. */
export type ValidationFailure = {
  readonly propertyName: string;
  readonly errorMessage: string;
  readonly attemptedValue: Json;
  /** Null where the failure was not made by a validator. */
  readonly errorCode: string | null;
  readonly placeholders: JsonObject | null;
  readonly resourceName: string | null;
};

/** What a validator throws that is given nothing to validate. */
export const nullModel: Exception = {
  type: 'System.ArgumentNullException',
  message: 'Value cannot be null.\r\nParameter name: Cannot pass null model to Validate.',
};

const NAMESPACE = 'FluentValidation.Results';
const SEVERITIES = ['Error', 'Warning', 'Info'];

/** A failure's properties in the order of its class, which is the order of the JSON. */
const MEMBERS = [
  'PropertyName',
  'ErrorMessage',
  'AttemptedValue',
  'CustomState',
  'Severity',
  'ErrorCode',
  'FormattedMessageArguments',
  'FormattedMessagePlaceholderValues',
  'ResourceName',
] as const;

type Member = (typeof MEMBERS)[number];
type NameOf = (member: Member) => string;

/** How the compiler names the field behind a property: what serializers of a [Serializable] type write. */
const backingField: NameOf = (member) => `<${member}>k__BackingField`;
const propertyName: NameOf = (member) => member;

/** The result in the form that the ledger chooses. */
export function toResult(
  failures: readonly ValidationFailure[],
  context: Pick<Context<unknown>, 'choose'>,
): JsonObject {
  const isDescribed = context.choose('RESULT') === 'described';
  return isDescribed ? toDescribedResult(failures) : toWireResult(failures);
}

/** The fields of the result's class, as both formatters write it. */
export function toWireResult(failures: readonly ValidationFailure[]): JsonObject {
  return { errors: failures.map((failure) => writeFailure(failure, backingField)) };
}

/** The properties of the result's class, as its documentation describes it. */
export function toDescribedResult(failures: readonly ValidationFailure[]): JsonObject {
  return {
    IsValid: failures.length === 0,
    Errors: failures.map((failure) => writeFailure(failure, propertyName)),
  };
}

function writeFailure(failure: ValidationFailure, nameOf: NameOf): JsonObject {
  const values: Readonly<Record<Member, Json>> = {
    PropertyName: failure.propertyName,
    ErrorMessage: failure.errorMessage,
    AttemptedValue: failure.attemptedValue,
    CustomState: null,
    Severity: 0,
    ErrorCode: failure.errorCode,
    FormattedMessageArguments: failure.placeholders && [],
    FormattedMessagePlaceholderValues: failure.placeholders,
    ResourceName: failure.resourceName,
  };
  return Object.fromEntries(MEMBERS.map((member) => [nameOf(member), values[member]]));
}

/** Both forms of the result of validating a model. */
export function resultContracts(model: Model): readonly DataContract[] {
  const wire = failureContract(model, backingField);
  const described = failureContract(model, propertyName);
  return [
    createContract({
      name: 'ValidationResult',
      namespace: NAMESPACE,
      members: [{ name: 'errors', kind: 'list', of: wire }],
    }),
    createContract({
      name: 'ValidationResult',
      namespace: NAMESPACE,
      members: [
        { name: 'Errors', kind: 'list', of: described },
        { name: 'IsValid', kind: 'boolean' },
      ],
    }),
  ];
}

function failureContract(model: Model, nameOf: NameOf): DataContract {
  const fieldOf = (failure: JsonObject): Field | undefined =>
    model.find(String(failure[nameOf('PropertyName')] ?? ''));
  const members = MEMBERS.map((member): DataMember => ({
    name: nameOf(member),
    ...typeOf(member, fieldOf),
  }));
  return createContract({ name: 'ValidationFailure', namespace: NAMESPACE, members });
}

function typeOf(member: Member, fieldOf: (failure: JsonObject) => Field | undefined): DataType {
  switch (member) {
    case 'AttemptedValue':
      return { kind: 'object', fieldOf };
    case 'CustomState':
      return { kind: 'object' };
    case 'FormattedMessageArguments':
      return { kind: 'objects' };
    case 'FormattedMessagePlaceholderValues':
      return {
        kind: 'dictionary',
        fieldOf: (failure, key) =>
          key === 'PropertyValue' || key === 'ComparisonValue' ? fieldOf(failure) : undefined,
      };
    case 'Severity':
      return { kind: 'enum', names: SEVERITIES };
    default:
      return { kind: 'text' };
  }
}
