/**
 * Which rule acts on a call, and what it does, as values; the pipeline carries them out.
 *
 * The plan is made after credentials and check, once a request. Its `changed` rules are stored in a transaction
 * that is kept whatever the answer becomes. Then, in this order:
 *
 *   before.delayMs   wait, outside any transaction
 *   before.fault     `reset-before`: reset the connection; `hang`: leave it open up to the server's limit
 *   before.answer    a `Problem` is rendered by the vendor; a `Reply` is written by `encodeReply`, else by the vendor
 *   (handler, commit)  skipped, so that nothing is stored, where `before` has a fault or an answer
 *   after.patch      `mergePatch` the handler's answer, then encode it; what is stored stays as the handler left it
 *   after.fault      `reset-after`: reset the connection in place of the answer; `truncate`: send `truncate(body)`
 *                    under the length of the whole, then close
 *
 * What an override changes is not checked against the spec: it may break it.
 */
import { createHash } from 'node:crypto';
import type { Json, Rule } from '../control-api/control-api.ts';
import { compareRequest, type RequestFacts } from '../matching/pattern.ts';
import type { Problem } from '../frameworks/framework.ts';
import type { Reply } from '../messages/message.ts';
import type { Window } from '../shared/shared.ts';
import { compareRules, type WireFault } from './override.ts';
import { withoutPreset, type WithoutPreset } from './presets.ts';
import { toProblem } from './to-problem.ts';

/** Before the handler. */
type Before = {
  /** 0: no delay. */
  readonly delayMs: number;
  /** The answer instead of the handler's. Undefined: the handler answers. */
  readonly answer: Reply | Problem | undefined;
  readonly fault: Extract<WireFault, 'reset-before' | 'hang'> | undefined;
};

/** After the commit. */
type After = {
  /** Undefined: none; null is a patch. */
  readonly patch: Json | undefined;
  readonly fault: Extract<WireFault, 'reset-after' | 'truncate'> | undefined;
};

export type Acting = { readonly id: string; readonly before: Before; readonly after: After };

export type Plan = {
  readonly acting: Acting | undefined;
  /** The rules that matched this call, in their new state. */
  readonly changed: readonly Rule[];
};

type PlainRule = WithoutPreset<Rule>;

const NOTHING: Plan = { acting: undefined, changed: [] };

/**
 * Asks the rule that was set last first; the first whose pattern matches and that is due acts. Every rule whose
 * pattern matches counts the call, also when it does not act. A rule below its rate limit does not act: it gets no
 * hit, and the next rule is asked. `windows`: by rule id, those of `findLimits`, this call counted. The same
 * arguments give the same plan.
 */
export function planOverride(
  rules: readonly Rule[],
  facts: RequestFacts,
  seed: number,
  now: number,
  windows: ReadonlyMap<string, Window>,
): Plan {
  if (rules.length === 0) return NOTHING;
  const changed: Rule[] = [];
  let acting: Acting | undefined;
  for (const rule of rules.toSorted((a, b) => compareRules(b, a))) {
    if (!isAbout(rule, facts)) continue;
    const counted = { ...rule, calls: rule.calls + 1 };
    const plain = withoutPreset(counted);
    const limit = limitOf(plain, now, windows);
    const acts = !acting && limit !== 'below' && isDue(plain, seed);
    if (acts) acting = toActing(plain, seed, limit);
    changed.push(acts ? { ...counted, hits: rule.hits + 1 } : counted);
  }
  return { acting, changed };
}

function isAbout({ vendor, operation, when = {} }: Rule, facts: RequestFacts): boolean {
  return (
    (vendor === undefined || vendor === facts.vendor) &&
    (operation === undefined || operation === facts.operation) &&
    compareRequest(when, facts).length === 0
  );
}

/** A rule with a rate limit that this call counts against. */
export type Limit = { readonly id: string; readonly windowMs: number };

/** The rate limits that the caller must count before planning: all matching ones, whether they will act or not. */
export function findLimits(rules: readonly Rule[], facts: RequestFacts): readonly Limit[] {
  return rules
    .filter((rule) => isAbout(rule, facts))
    .flatMap((rule) => {
      const { rateLimit } = withoutPreset(rule).effect;
      return rateLimit ? [{ id: rule.id, windowMs: rateLimit.windowSeconds * 1_000 }] : [];
    });
}

/** The error for a call beyond the rule's limit. Undefined: the rule has no limit. */
function limitOf(
  { id, effect }: PlainRule,
  now: number,
  windows: ReadonlyMap<string, Window>,
): Problem | 'below' | undefined {
  if (!effect.rateLimit) return undefined;
  const window = windows.get(id);
  if (!window || window.used <= effect.rateLimit.limit) return 'below';
  return toProblem('rate-limited', Math.max(1, Math.ceil((window.resetsAt - now) / 1_000)));
}

function isDue(rule: PlainRule, seed: number): boolean {
  const { when, atMost, probability, calls, hits } = rule;
  return (
    (when?.call === undefined || when.call === calls) &&
    (atMost === undefined || hits < atMost) &&
    (probability === undefined || draw(seed, rule, 'probability') < probability)
  );
}

function toActing(rule: PlainRule, seed: number, limited: Problem | undefined): Acting {
  const { reply, patch, fault } = rule.effect;
  const answer = reply?.error === undefined ? reply : toProblem(reply.error);
  return {
    id: rule.id,
    before: {
      delayMs: delayOf(rule, seed),
      answer: limited ?? answer,
      fault: fault === 'reset-before' || fault === 'hang' ? fault : undefined,
    },
    after: {
      patch,
      fault: fault === 'reset-after' || fault === 'truncate' ? fault : undefined,
    },
  };
}

function delayOf(rule: PlainRule, seed: number): number {
  const { delay } = rule.effect;
  if (!delay) return 0;
  if (delay.ms !== undefined) return delay.ms;
  const { minMs, maxMs } = delay;
  return minMs + Math.floor(draw(seed, rule, 'delay') * (maxMs - minMs + 1));
}

/** A number from 0 up to 1 that depends only on seed, rule, call and purpose. */
function draw(seed: number, { id, calls }: Rule, purpose: string): number {
  const digest = createHash('sha256').update(`${seed}:${id}:${calls}:${purpose}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}
