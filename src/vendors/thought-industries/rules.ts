/** Refusals of what has the right type and exists, but breaks a rule. */
import type { Problem } from '../../frameworks/framework.ts';
import type { Place } from '../../messages/message.ts';

export function brokenRule(path: Place['path'], message: string): Problem {
  return { problem: 'invalid', violations: [{ in: 'body', path, keyword: 'rule', message }] };
}
