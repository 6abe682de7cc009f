/** Carries out what an override plans for one request; overrides/plan.ts says in which order. */
import { encodeReply } from '../overrides/encode-reply.ts';
import { mergePatch } from '../overrides/merge-patch.ts';
import { overrides } from '../overrides/override.ts';
import { planOverride, type Acting } from '../overrides/plan.ts';
import { countUses, setups, StartedOver } from '../sandboxes/sandbox.ts';
import type { Store } from '../store/store.ts';
import { isProblem, type Received } from '../frameworks/framework.ts';
import type { Reply } from '../messages/message.ts';
import type { Exchange, Outcome } from './exchange.ts';
import { wait } from './wait.ts';

/** How long a `hang` holds a connection before it is ended. */
const HANG_MS = 60_000;

/** Which override acts, if any. That the call was counted is stored, whatever the answer becomes. */
export async function findActing(
  exchange: Exchange,
  received: Received,
  store: Store,
): Promise<Acting | undefined> {
  const { sandbox, http, route, vendor, context } = exchange;
  if (sandbox.ruleCount === 0) return undefined;
  const facts = {
    vendor: vendor.name,
    operation: route?.operation.id,
    method: http.method,
    path: http.path,
    headers: http.headers,
    query: received.query,
    body: received.body,
  };
  // Counted once a request, also where the driver runs the transaction again.
  const counted = new Map<string, { used: number; resetsAt: number }>();
  const meter = (key: string, windowMs: number) => {
    const seen = counted.get(key);
    if (seen) return seen;
    const fresh = { ...countUses(sandbox.meters, key, { windowMs, uses: 1, now: context.now }) };
    counted.set(key, fresh);
    return fresh;
  };
  return store.transact(sandbox.name, async (transaction) => {
    const setup = await transaction.in(setups).get('setup');
    if (setup?.generation !== sandbox.setup.generation) throw new StartedOver();
    const records = transaction.in(overrides);
    const rules = await records.find();
    const plan = planOverride(rules, facts, sandbox.setup.seed, context.now, meter);
    for (const rule of plan.changed) await records.update(rule);
    return plan.acting;
  });
}

/** `answer` gives what the vendor would answer; it is not asked where the override answers or breaks off before. */
export async function actOverride(
  acting: Acting,
  exchange: Exchange,
  answer: () => Promise<Outcome>,
  onGone: (listener: () => void) => void,
): Promise<Outcome> {
  const { before, after, id } = acting;
  if (before.delayMs > 0) await wait(before.delayMs, onGone);
  if (before.fault === 'hang') await wait(HANG_MS, onGone);
  if (exchange.sandbox.fate !== 'current') throw new StartedOver();
  if (before.fault !== undefined) return breakOff(exchange, id);
  if (before.answer) return { ...answerInstead(exchange, before.answer), override: id };
  const outcome = await answer();
  const patched = after.patch === undefined ? outcome : patch(exchange, outcome, after.patch);
  // Nobody got the answer: it has no status, also in the journal.
  if (after.fault === 'reset-after') return { ...patched, status: 0, override: id, fault: 'reset' };
  return { ...patched, override: id, ...(after.fault && { fault: after.fault }) };
}

/** Nothing is sent: the connection is reset. */
function breakOff({ notes, spec }: Exchange, override: string): Outcome {
  const kind = spec ? 'handled' : 'unmatched';
  const encoded = { headers: {}, body: '' };
  return { status: 0, body: undefined, encoded, notes, kind, override, fault: 'reset' };
}

function answerInstead(
  exchange: Exchange,
  answer: NonNullable<Acting['before']['answer']>,
): Outcome {
  const { vendor, http, route, context } = exchange;
  const reply = isProblem(answer) ? vendor.render(answer, http, route, context) : answer;
  return unchecked(exchange, reply);
}

function patch(
  exchange: Exchange,
  outcome: Outcome,
  by: NonNullable<Acting['after']['patch']> | null,
): Outcome {
  const { 'content-type': _, ...headers } = outcome.encoded.headers;
  return unchecked(exchange, {
    status: outcome.status,
    headers,
    body: mergePatch(outcome.body, by),
  });
}

/** An override may break the spec: what it makes is not held against it. */
function unchecked({ vendor, http, notes, spec }: Exchange, reply: Reply): Outcome {
  return {
    status: reply.status,
    body: reply.body,
    encoded: encodeReply(reply) ?? vendor.encode(reply, http),
    notes,
    kind: spec ? 'handled' : 'unmatched',
  };
}
