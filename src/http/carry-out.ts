/** Applies a plan to the vendor's answer. An override may violate the spec on purpose, so the result is not checked. */
import { isProblem, type Problem } from '../frameworks/framework.ts';
import type { Json } from '../messages/json.ts';
import type { Reply } from '../messages/message.ts';
import type { Preference } from '../messages/prefer.ts';
import { encodeReply } from '../overrides/encode-reply.ts';
import { mergePatch } from '../overrides/merge-patch.ts';
import type { Sandboxes } from '../sandboxes/sandboxes.ts';
import { generate, handle } from './answer.ts';
import type { Ended, Outcome, Routed } from './exchange.ts';
import type { Plan } from './plan.ts';
import { wait } from './wait.ts';

/** How long a `hang` holds a connection before it is ended. */
const HANG_MS = 60_000;

export async function carryOut(exchange: Routed, plan: Plan, sandboxes: Sandboxes): Promise<Ended> {
  const waitMs = plan.delayMs + (plan.faultBefore === 'hang' ? HANG_MS : 0);
  if (waitMs > 0) {
    await wait(waitMs, exchange.onGone);
    await sandboxes.check(exchange.sandbox);
  }
  if (plan.faultBefore) return breakOff(exchange, plan);
  const ended = await answerBy(exchange, plan, sandboxes);
  const patched = plan.patch === undefined ? ended : patch(ended, exchange, plan.patch);
  return withFault(patched, plan);
}

function answerBy(
  exchange: Routed,
  { instead }: Plan,
  sandboxes: Sandboxes,
): Promise<Ended> | Ended {
  if (!instead) return handle(exchange, sandboxes);
  if (isProblem(instead)) {
    const { framework } = exchange.vendor;
    return unchecked(exchange, framework.render(instead, exchange.reading, exchange.context));
  }
  return isReply(instead) ? unchecked(exchange, instead) : generate(exchange, instead);
}

function isReply(value: Reply | Problem | Preference): value is Reply {
  return 'status' in value;
}

/** Resets the connection without sending anything. */
function breakOff(exchange: Routed, { override }: Plan): Ended {
  return endWith(exchange, {
    status: 0,
    body: undefined,
    encoded: { headers: {}, body: '' },
    ...(override !== undefined && { override }),
    fault: 'reset',
  });
}

function patch(ended: Ended, exchange: Routed, by: Json): Ended {
  const { status, encoded, body } = ended.outcome;
  const { 'content-type': _, ...headers } = encoded.headers;
  const patched = unchecked(exchange, { status, headers, body: mergePatch(body, by) });
  return { ...ended, outcome: patched.outcome };
}

function unchecked(exchange: Routed, reply: Reply): Ended {
  return endWith(exchange, {
    status: reply.status,
    body: reply.body,
    encoded: encodeReply(reply) ?? exchange.vendor.framework.encode(reply, exchange.reading),
  });
}

function endWith(exchange: Routed, outcome: Omit<Outcome, 'kind'>): Ended {
  return { ...exchange, outcome: { ...outcome, kind: exchange.spec ? 'handled' : 'unmatched' } };
}

function withFault(ended: Ended, { override, faultAfter }: Plan): Ended {
  if (override === undefined) return ended;
  const outcome: Outcome = { ...ended.outcome, override };
  // The client did not get the answer, so it has no status, in the journal too.
  if (faultAfter === 'reset-after') {
    return { ...ended, outcome: { ...outcome, status: 0, fault: 'reset' } };
  }
  return { ...ended, outcome: { ...outcome, ...(faultAfter && { fault: faultAfter }) } };
}
