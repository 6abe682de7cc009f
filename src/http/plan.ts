/**
 * Plans how the mock changes the vendor's answer, from the header `Prefer` and the sandbox's overrides,
 * before the handler runs.
 */
import type { Problem } from '../frameworks/framework.ts';
import type { Json } from '../messages/json.ts';
import type { Reply } from '../messages/message.ts';
import type { Preference } from '../messages/prefer.ts';
import { overrides, type WireFault } from '../overrides/override.ts';
import { findLimits, planOverride, type Acting } from '../overrides/plan.ts';
import type { Sandboxes } from '../sandboxes/sandboxes.ts';
import type { Awaitable } from '../shared/awaitable.ts';
import type { Window } from '../shared/shared.ts';
import { factsOf, type Routed } from './exchange.ts';
import { parsePrefer } from '../messages/prefer.ts';

export type Plan = {
  /** 0 for no delay. */
  readonly delayMs: number;
  /** Replaces the answer; nothing is stored. */
  readonly faultBefore: Extract<WireFault, 'reset-before' | 'hang'> | undefined;
  /** Replaces the handler's answer; nothing is stored. */
  readonly instead: Preference | Reply | Problem | undefined;
  /** Undefined if there is no patch. Null is a patch. */
  readonly patch: Json | undefined;
  readonly faultAfter: Extract<WireFault, 'reset-after' | 'truncate'> | undefined;
  /** The id of the override that applies. */
  readonly override: string | undefined;
};

const NOTHING: Plan = {
  delayMs: 0,
  faultBefore: undefined,
  instead: undefined,
  patch: undefined,
  faultAfter: undefined,
  override: undefined,
};

/** `Prefer` takes precedence over overrides. */
export function planFor(exchange: Routed, sandboxes: Sandboxes): Awaitable<Plan> {
  const { preference, delayMs } = parsePrefer(exchange.http.headers['prefer']);
  if (preference) return { ...NOTHING, delayMs, instead: preference };
  if (exchange.sandbox.setup.ruleCount === 0) return { ...NOTHING, delayMs };
  return findActing(exchange, sandboxes).then((acting) => toPlan(acting, delayMs));
}

function toPlan(acting: Acting | undefined, delayMs: number): Plan {
  if (!acting) return { ...NOTHING, delayMs };
  const { id, before, after } = acting;
  return {
    delayMs: delayMs + before.delayMs,
    faultBefore: before.fault,
    instead: before.answer,
    patch: after.patch,
    faultAfter: after.fault,
    override: id,
  };
}

/** Finds the override that applies, if any. The counted call is stored, whatever the answer is. */
async function findActing(exchange: Routed, sandboxes: Sandboxes): Promise<Acting | undefined> {
  const { sandbox, meter, now } = exchange;
  const { content, ...rest } = factsOf(exchange);
  const facts = { ...rest, query: content?.query ?? {}, body: content?.body };
  // Counts the request once, even if the driver repeats the transaction.
  const windows = new Map<string, Window>();
  return sandboxes.transact(sandbox, async (transaction) => {
    const records = transaction.in(overrides);
    const rules = await records.find();
    for (const { id, windowMs } of findLimits(rules, facts)) {
      if (!windows.has(id)) windows.set(id, await meter(`override ${id}`, windowMs));
    }
    const plan = planOverride(rules, facts, sandbox.setup.seed, now, windows);
    for (const rule of plan.changed) await records.update(rule);
    return plan.acting;
  });
}
