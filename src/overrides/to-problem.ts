/** An error kind of an override as the refusal that a vendor renders. */
import type { ErrorKind } from '../control-api/control-api.ts';
import type { Problem } from '../frameworks/framework.ts';

/** What a client is told to wait where no window of a limit says how long. */
const RETRY_AFTER_SECONDS = 60;

/** No vendor has a sentence for a conflict that is none. */
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
