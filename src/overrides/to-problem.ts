/** Maps the error kind of an override to the problem that a vendor renders. */
import type { ErrorKind } from '../control-api/control-api.ts';
import type { Problem } from '../frameworks/framework.ts';

/** Waiting time for clients if no rate limit window defines one. */
const RETRY_AFTER_SECONDS = 60;

/** Used because no vendor has a sentence for a simulated conflict. */
const CONFLICT = 'The request conflicts with a record that is there already.';

export function toProblem(kind: ErrorKind, retryAfterSeconds = RETRY_AFTER_SECONDS): Problem {
  switch (kind) {
    case 'rate-limited':
      return { problem: kind, retryAfterSeconds };
    case 'conflict':
      return {
        problem: kind,
        violations: [{ in: 'body', path: [], keyword: 'rule', message: CONFLICT }],
      };
    default:
      return { problem: kind };
  }
}
