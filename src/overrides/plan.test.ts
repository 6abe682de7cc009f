import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, Override, Rule } from '../control-api/control-api.ts';
import type { RequestFacts } from '../matching/pattern.ts';
import { createRule } from './override.ts';
import type { Window } from '../shared/shared.ts';
import { findLimits, planOverride, type Plan } from './plan.ts';

const facts: RequestFacts = {
  vendor: 'ibl',
  operation: 'createProgramLicense',
  method: 'POST',
  path: '/api/catalog/licenses/program/create/',
  headers: { authorization: 'Api-Token dm-admin' },
  query: {},
  body: { external_id: 'a', count: 3 },
};

/** A sandbox's rules over several calls: what changed is put back, as the pipeline does. */
function createCalls(posted: readonly Override[], { seed = 1, now = 0 } = {}) {
  const rules = new Map(posted.map((each, i) => [String(i + 1), createRule(each, i + 1)]));
  const windows = new Map<string, Window>();
  const clock = { now };
  const use = (key: string, windowMs: number): Window => {
    const found = windows.get(key);
    const isOpen = found && clock.now < found.resetsAt;
    const window = isOpen
      ? { ...found, used: found.used + 1 }
      : { used: 1, resetsAt: clock.now + windowMs };
    windows.set(key, window);
    return window;
  };
  const call = (request: Partial<RequestFacts> = {}): Plan => {
    const all = [...rules.values()];
    const about = { ...facts, ...request };
    for (const { id, windowMs } of findLimits(all, about)) use(id, windowMs);
    const plan = planOverride(all, about, seed, clock.now, windows);
    for (const rule of plan.changed) rules.set(rule.id, rule);
    return plan;
  };
  const counts = () => [...rules.values()].map(({ calls, hits }) => [calls, hits]);
  return { call, counts, clock };
}

function actingIds(posted: readonly Override[], count: number, seed = 1) {
  const { call } = createCalls(posted, { seed });
  return Array.from({ length: count }, () => call().acting?.id);
}

const effect: Effect = { reply: { error: 'not-found' } };

describe('which rule acts', () => {
  it('is none where no rule is set', () => {
    expect(createCalls([]).call()).toEqual({ acting: undefined, changed: [] });
  });

  it('is the one set last, whatever order the rules come in', () => {
    const rules = Array.from({ length: 12 }, (_, i) => createRule({ effect }, i + 1));
    const none = new Map<string, Window>();
    expect(planOverride(rules, facts, 1, 0, none).acting?.id).toBe('12');
    expect(planOverride(rules.toReversed(), facts, 1, 0, none).acting?.id).toBe('12');
  });

  it.each<[boolean, Omit<Override, 'effect'>]>([
    [true, {}],
    [true, { vendor: 'ibl', operation: 'createProgramLicense' }],
    [false, { vendor: 'alice' }],
    [false, { operation: 'listProgramLicenses' }],
    [false, { vendor: '/ibl/' }],
    [
      true,
      { when: { method: 'POST', path: '/create\\/$/', headers: { Authorization: '/admin/' } } },
    ],
    [false, { when: { method: 'GET' } }],
    [false, { when: { query: { page: '1' } } }],
    [true, { when: { body: { external_id: 'a' } } }],
    [false, { when: { body: { external_id: 'b' } } }],
  ])('%j for %j', (acts, pattern) => {
    const plan = createCalls([{ ...pattern, effect }]).call();
    expect(plan.acting !== undefined).toBe(acts);
    expect(plan.changed).toHaveLength(acts ? 1 : 0);
  });

  it('asks the next one where the first does not match', () => {
    const { call, counts } = createCalls([{ effect }, { vendor: 'alice', effect }]);
    expect(call().acting?.id).toBe('1');
    expect(counts()).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it('is a rule without vendor also for a path that nobody serves', () => {
    const nobody = { vendor: undefined, operation: undefined };
    expect(createCalls([{ effect }]).call(nobody).acting?.id).toBe('1');
    expect(createCalls([{ vendor: 'ibl', effect }]).call(nobody).acting).toBeUndefined();
  });

  it('counts matching calls for `when.call`, also those that another rule answers', () => {
    const third: Override = { when: { method: 'POST', call: 3 }, effect };
    expect(actingIds([third], 5)).toEqual([undefined, undefined, '1', undefined, undefined]);

    const { call, counts } = createCalls([third, { atMost: 2, effect }]);
    call({ method: 'GET' });
    expect([call(), call(), call()].map(({ acting }) => acting?.id)).toEqual(['2', undefined, '1']);
    expect(counts()).toEqual([
      [3, 1],
      [4, 2],
    ]);
  });

  it('acts as many times as it may and then lets the next one act', () => {
    expect(actingIds([{ effect }, { atMost: 2, effect }], 4)).toEqual(['2', '2', '1', '1']);
  });

  it('leaves the rules that it was given as they are', () => {
    const rule: Rule = Object.freeze(createRule({ effect }, 1));
    const plan = planOverride(Object.freeze([rule]), facts, 1, 0, new Map());
    expect(rule).toMatchObject({ calls: 0, hits: 0 });
    expect(plan.changed).toEqual([{ ...rule, calls: 1, hits: 1 }]);
  });
});

describe('probability', () => {
  const flaky: Override = { probability: 0.3, effect };

  it('draws the same for the same seed, and otherwise for another seed or rule', () => {
    const draws = actingIds([flaky], 200);
    expect(actingIds([flaky], 200)).toEqual(draws);
    expect(actingIds([flaky], 200, 2)).not.toEqual(draws);
    const { call } = createCalls([{ vendor: 'alice', effect }, flaky]);
    expect(draws.map(() => call().acting !== undefined)).not.toEqual(
      draws.map((id) => id !== undefined),
    );
  });

  it.each([0, 0.1, 0.5, 0.9, 1])('acts in about %d of 10,000 calls', (probability) => {
    const hits = actingIds([{ ...flaky, probability }], 10_000).filter(Boolean).length;
    // Four standard deviations.
    const tolerance = 4 * Math.sqrt(10_000 * probability * (1 - probability));
    expect(Math.abs(hits - 10_000 * probability)).toBeLessThanOrEqual(tolerance);
  });

  it('counts `atMost` by what it did, not by what it could have done', () => {
    expect(actingIds([{ ...flaky, atMost: 3 }], 100).filter(Boolean)).toHaveLength(3);
  });
});

describe('rateLimit', () => {
  const limited: Override = { effect: { rateLimit: { limit: 2, windowSeconds: 10 } } };

  it('refuses what is past the limit until the window of the sandbox ends', () => {
    const { call, counts, clock } = createCalls([limited], { now: 5_000 });
    expect([call().acting, call().acting]).toEqual([undefined, undefined]);
    clock.now = 7_500;
    expect(call().acting?.before.answer).toEqual({ problem: 'rate-limited', retryAfterSeconds: 8 });
    clock.now = 14_999;
    expect(call().acting?.before.answer).toMatchObject({ retryAfterSeconds: 1 });
    clock.now = 15_000;
    expect(call().acting).toBeUndefined();
    expect(counts()).toEqual([[5, 2]]);
  });

  it('lets the next rule act while it is below the limit, without a hit', () => {
    const { call, counts } = createCalls([{ effect }, limited]);
    expect([call(), call(), call()].map(({ acting }) => acting?.id)).toEqual(['1', '1', '2']);
    expect(counts()).toEqual([
      [3, 2],
      [3, 1],
    ]);
  });

  it('counts calls that another rule answers, and none that it does not match', () => {
    const { call } = createCalls([limited, { atMost: 2, effect }]);
    call({ method: 'GET', vendor: 'alice' });
    call();
    expect(call().acting?.id).toBe('1');

    const narrow = createCalls([{ ...limited, vendor: 'ibl' }]);
    for (let i = 0; i < 5; i += 1) narrow.call({ vendor: 'alice' });
    expect(narrow.call().acting).toBeUndefined();
  });

  it('keeps the counts of two rules apart, and delays only what it refuses', () => {
    const slow: Override = {
      effect: { rateLimit: { limit: 2, windowSeconds: 10 }, delay: { ms: 5 } },
    };
    const { call } = createCalls([limited, { ...slow, vendor: 'ibl' }]);
    call();
    call({ vendor: 'alice' });
    call();
    expect(call().acting).toMatchObject({ id: '2', before: { delayMs: 5 } });
  });
});

describe('what it does', () => {
  const nothing = { delayMs: 0, answer: undefined, fault: undefined };
  const after = { patch: undefined, fault: undefined };

  it.each<[Effect, object]>([
    [
      { reply: { status: 418, headers: { a: 'b' }, body: null } },
      { before: { ...nothing, answer: { status: 418, headers: { a: 'b' }, body: null } }, after },
    ],
    [
      { reply: { error: 'forbidden' }, delay: { ms: 9 }, fault: 'truncate' },
      {
        before: { ...nothing, delayMs: 9, answer: { problem: 'forbidden' } },
        after: { ...after, fault: 'truncate' },
      },
    ],
    [{ patch: null }, { before: nothing, after: { ...after, patch: null } }],
    [{ fault: 'reset-before' }, { before: { ...nothing, fault: 'reset-before' }, after }],
    [{ fault: 'hang' }, { before: { ...nothing, fault: 'hang' }, after }],
    [{ fault: 'reset-after' }, { before: nothing, after: { ...after, fault: 'reset-after' } }],
    [{ preset: 'lost-answer' }, { before: nothing, after: { ...after, fault: 'reset-after' } }],
    [{ preset: 'outage' }, { before: { ...nothing, answer: { problem: 'unavailable' } }, after }],
    [
      { preset: 'maintenance' },
      { before: { answer: { status: 503, body: expect.stringContaining('<!DOCTYPE html>') } } },
    ],
  ])('%j', (given, expected) => {
    expect(createCalls([{ effect: given }]).call().acting).toMatchObject(expected);
  });

  it('waits a time within the range, another one each call, the same for the same seed', () => {
    const delays = (seed: number) => {
      const { call } = createCalls([{ effect: { delay: { minMs: 5, maxMs: 7 } } }], { seed });
      return Array.from({ length: 300 }, () => call().acting?.before.delayMs);
    };
    expect(new Set(delays(1))).toEqual(new Set([5, 6, 7]));
    expect(delays(1)).toEqual(delays(1));
    expect(delays(1)).not.toEqual(delays(2));
  });

  it('draws the delay apart from the probability', () => {
    const { call } = createCalls([
      { probability: 0.1, effect: { delay: { minMs: 0, maxMs: 9_999 } } },
    ]);
    const delays = Array.from({ length: 500 }, () => call().acting?.before.delayMs ?? 0);
    expect(Math.max(...delays)).toBeGreaterThan(5_000);
  });
});

it('holds for any rules and calls: the same plans again, each matching call counted once, one rule at most acts', () => {
  const rule = fc.record(
    {
      vendor: fc.constantFrom('ibl', 'alice'),
      when: fc.record({ call: fc.integer({ min: 1, max: 5 }) }, { requiredKeys: [] }),
      atMost: fc.integer({ min: 1, max: 4 }),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      effect: fc.constantFrom<Effect>(
        { patch: {} },
        { preset: 'flaky' },
        { preset: 'slow' },
        { rateLimit: { limit: 2, windowSeconds: 1 } },
      ),
    },
    { requiredKeys: ['effect'] },
  );
  const calls = fc.array(
    fc.record({ vendor: fc.constantFrom('ibl', 'alice'), wait: fc.integer({ min: 0, max: 900 }) }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 5 }), calls, fc.nat(), (rules, requests, seed) => {
      const run = () => {
        const { call, counts, clock } = createCalls(rules, { seed });
        const plans = requests.map(({ vendor, wait }) => {
          clock.now += wait;
          return call({ vendor });
        });
        return { plans, counts: counts() };
      };
      const { plans, counts } = run();
      expect(run()).toEqual({ plans, counts });
      for (const [i, [matched, hits]] of counts.entries()) {
        const { vendor, atMost = Infinity, when } = rules[i] ?? { effect: {} };
        const matching = requests.filter((each) => vendor === undefined || each.vendor === vendor);
        expect(matched).toBe(matching.length);
        expect(hits).toBe(plans.filter(({ acting }) => acting?.id === String(i + 1)).length);
        expect(hits).toBeLessThanOrEqual(when?.call === undefined ? atMost : 1);
      }
    }),
    { numRuns: 300 },
  );
});
