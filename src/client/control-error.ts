/** Errors of control API calls. */
import type { Nearest, NotHeld, ProblemDocument } from '../control-api/control-api.ts';

/** The control API refused a call, or no license-mock answered. A refused call changes nothing. */
export class ControlError extends Error {
  /** A code from docs/errors.md; `unreachable` if no license-mock answered. */
  readonly code: string;
  /** HTTP status of the answer; undefined if there was no answer. */
  readonly status: number | undefined;
  /** JSON pointer to the wrong field of the body, such as `#/times`; undefined if the error is not about a field. */
  readonly pointer: string | undefined;

  constructor(
    code: string,
    message: string,
    options: {
      readonly cause?: unknown;
      readonly status?: number;
      readonly pointer?: string | undefined;
    } = {},
  ) {
    super(message, options);
    this.name = 'ControlError';
    this.code = code;
    this.status = options.status;
    this.pointer = options.pointer;
  }
}

/** A verification failed. `message` has several lines: what was expected, what was seen, and the nearest requests. */
export class VerificationError extends Error {
  /** Number of matching requests. */
  readonly count: number;
  /** For example `exactly 1 request with operation createProgramLicense`. */
  readonly expected: string;
  /** The nearest requests, at most three, with the differences of each. */
  readonly nearest: readonly Nearest[];

  constructor(failure: NotHeld) {
    super(failure.message);
    this.name = 'VerificationError';
    this.count = failure.count;
    this.expected = failure.expected;
    this.nearest = failure.nearest;
  }
}

/** The error of a problem document: `Sandbox not found: …detail… (#/pointer)`. */
export function toControlError(problem: ProblemDocument): ControlError {
  const { type, title, status, detail, pointer, parameter } = problem;
  const place = pointer ?? (parameter === undefined ? undefined : `parameter ${parameter}`);
  return new ControlError(
    // `docs/errors.md#code` from version 0.1, `/_mock/errors/code` from later ones.
    type.split(/[#/]/).at(-1) ?? type,
    `${title}: ${detail}${place === undefined ? '' : ` (${place})`}`,
    { status, pointer },
  );
}
