/** Refusals that a handler finds, in the forms that the vendor's views give them. */
import type { Problem } from '../../frameworks/framework.ts';
import type { Violation } from '../../messages/message.ts';

/** A field that is wrong, in the vendor's own sentence. */
export function wrongField(field: string, message: string): Violation {
  return { in: 'body', path: [field], keyword: 'rule', message };
}

/** A 400 with a map of fields. */
export function invalid(violations: readonly Violation[]): Problem {
  return { problem: 'invalid', violations };
}

/** A 400 about several fields together: `non_field_errors`. */
export function invalidTogether(message: string): Problem {
  return invalid([{ in: 'body', path: [], keyword: 'rule', message }]);
}

/** A 400 that a view writes by hand: `{"error": …}`. */
export function conflict(message: string): Problem {
  return { problem: 'conflict', violations: [{ in: 'body', path: [], keyword: 'rule', message }] };
}
