/** FluentValidation's result, and its two forms. ALICE-RESULT. */
import type { Json, JsonObject } from '../../../messages/json.ts';

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

/** A failure's properties in the order of its class, which is the order of the JSON. */
export const FAILURE_MEMBERS = [
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

export type FailureMember = (typeof FAILURE_MEMBERS)[number];

/** How the compiler names the field behind a property: what serializers of a [Serializable] type write. */
export function backingField(member: FailureMember): string {
  return `<${member}>k__BackingField`;
}

/** The fields of the result's class, as both formatters write it. */
export function toWireResult(failures: readonly ValidationFailure[]): JsonObject {
  return { errors: failures.map((failure) => writeMembers(failure, backingField)) };
}

/** The properties of the result's class, as the vendor's page describes it. */
export function toDescribedResult(failures: readonly ValidationFailure[]): JsonObject {
  return {
    IsValid: failures.length === 0,
    Errors: failures.map((failure) => writeMembers(failure, (member) => member)),
  };
}

function writeMembers(
  failure: ValidationFailure,
  nameOf: (member: FailureMember) => string,
): JsonObject {
  const values: Readonly<Record<FailureMember, Json>> = {
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
  return Object.fromEntries(FAILURE_MEMBERS.map((member) => [nameOf(member), values[member]]));
}
