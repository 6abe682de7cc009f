/** What a call of the control API ends with when it is refused. */
import type { Nearest, NotHeld, ProblemDocument } from '../control-api/control-api.ts';

/** The control API refused a call, or nothing that speaks it answered. Nothing was changed. */
export class ControlError extends Error {
  /** As docs/errors.md lists them; `unreachable`: no license-mock answered. */
  readonly code: string;
  /** Of the answer; undefined: there was none. */
  readonly status: number | undefined;
  /** `#/times`; undefined: it is about no field of a body. */
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

/** The journal is not as a test expects. `message` has several lines: what was expected, seen, and came nearest. */
export class VerificationError extends Error {
  /** How many requests match. */
  readonly count: number;
  /** `exactly 1 request with operation createProgramLicense` */
  readonly expected: string;
  /** At most three requests, and what differs in each. */
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
    type.slice(type.indexOf('#') + 1),
    `${title}: ${detail}${place === undefined ? '' : ` (${place})`}`,
    { status, pointer },
  );
}
