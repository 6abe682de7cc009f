/** FluentValidation's result in its two forms, as JSON and as a data contract for XML. Row RESULT. */
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { Violation } from '../../../messages/message.ts';
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
  /** Null if no validator made the failure. */
  readonly errorCode: string | null;
  readonly placeholders: JsonObject | null;
  readonly resourceName: string | null;
};

/** The exception that a validator throws if it is given null. */
export const nullModel: Exception = {
  type: 'System.ArgumentNullException',
  message: 'Value cannot be null.\r\nParameter name: Cannot pass null model to Validate.',
};

const NAMESPACE = 'FluentValidation.Results';
const SEVERITIES = ['Error', 'Warning', 'Info'];

/** A failure's properties in the order of its class; JSON has the same order. */
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

/** The compiler's name for the field behind a property. Serializers write it for [Serializable] types. */
const backingField: NameOf = (member) => `<${member}>k__BackingField`;
const propertyName: NameOf = (member) => member;

/** A failure as headers and journal of the mock tell it. */
export function toViolation(failure: ValidationFailure): Violation {
  const { errorCode, errorMessage: message } = failure;
  return { in: 'body', path: [failure.propertyName], keyword: errorCode ?? 'rule', message };
}

/** The result in the form that the ledger row selects. */
export function toResult(
  failures: readonly ValidationFailure[],
  context: Pick<Context<unknown>, 'choose'>,
): JsonObject {
  const isDescribed = context.choose('RESULT') === 'described';
  return isDescribed ? toDescribedResult(failures) : toWireResult(failures);
}

/** The fields of the result's class, as both formatters write them. */
export function toWireResult(failures: readonly ValidationFailure[]): JsonObject {
  return { errors: failures.map((failure) => writeFailure(failure, backingField)) };
}

/** The properties of the result's class, as its documentation describes them. */
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

/** The data contracts of both forms of a model's validation result. */
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
