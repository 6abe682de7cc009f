/** Reads the results of Pact's verifier for one interaction from its JSON. */
import { asRecord } from './read-interaction.ts';

export type Mismatch = {
  /** For example `$.count`, `status`, `header content-type`. */
  readonly at: string;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
  readonly message: string;
};

export type VerifierOutcome = {
  /** Number of interactions that the verifier reports as verified. */
  readonly interactions: number;
  readonly mismatches: readonly Mismatch[];
  /** Reason why the request was not sent or not answered; undefined if it was answered. */
  readonly failure: string | undefined;
};

/** Returns undefined if the text is not the verifier's JSON. */
export function readResults(text: string): VerifierOutcome | undefined {
  let results: Record<string, unknown>;
  try {
    results = asRecord(JSON.parse(text));
  } catch {
    return undefined;
  }
  const listed = results['interactionResults'];
  if (!Array.isArray(listed)) return undefined;
  const errors = [results['errors'], results['pendingErrors']].flatMap((each) =>
    Array.isArray(each) ? each.map(asRecord) : [],
  );
  const broken = errors.map(({ mismatch }) => asRecord(mismatch));
  return {
    interactions: listed.length,
    mismatches: broken.flatMap(({ mismatches }) =>
      Array.isArray(mismatches) ? mismatches.map(asRecord).map(toMismatch) : [],
    ),
    failure: findFailure(broken, results['result']),
  };
}

/** An error without mismatches, or an unexplained failure. */
function findFailure(
  broken: readonly Record<string, unknown>[],
  result: unknown,
): string | undefined {
  const other = broken.find(({ mismatches }) => !Array.isArray(mismatches));
  if (other) return String(other['message'] ?? JSON.stringify(other));
  return result === false && broken.length === 0 ? 'Pact gives no reason' : undefined;
}

function toMismatch(found: Record<string, unknown>): Mismatch {
  const { type, path, key, expected, actual, mismatch } = found;
  return {
    at: placeOf(String(type), path, key),
    expected: toShown(expected),
    actual: toShown(actual),
    message: String(mismatch ?? type),
  };
}

function placeOf(type: string, path: unknown, key: unknown): string {
  if (type === 'StatusMismatch') return 'status';
  if (type === 'HeaderMismatch') return `header ${String(key ?? path)}`;
  if (type === 'BodyTypeMismatch') return 'header content-type';
  return String(path ?? type);
}

function toShown(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
