import { expect, it } from 'vitest';
import type { ErrorKind, PresetName } from '../control-api/control-api.ts';
import { checkOverride } from './check-override.ts';
import { expandPreset, presets, withoutPreset } from './presets.ts';
import { toProblem } from './to-problem.ts';

it.each(Object.keys(presets) as PresetName[])(
  '%s stands for an override that could be posted, and says so in a sentence',
  (name) => {
    const plain = expandPreset(name);
    expect(() => checkOverride(plain, [])).not.toThrow();
    expect(presets[name].summary).toMatch(/^[A-Z].*\.$/);
  },
);

it('gives way to what the rule says itself', () => {
  const rule = { operation: 'createLicense', atMost: 2, effect: { preset: 'flaky' } } as const;
  const error = { effect: { reply: { error: 'unavailable' } } };
  expect(withoutPreset(rule)).toEqual({
    operation: 'createLicense',
    atMost: 2,
    probability: 0.1,
    ...error,
  });
  expect(withoutPreset({ ...rule, probability: 0.5 })).toMatchObject({ probability: 0.5 });
  expect(withoutPreset({ effect: { patch: 1 } })).toEqual({ effect: { patch: 1 } });
});

it.each<ErrorKind>([
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'rate-limited',
  'server-error',
  'unavailable',
])('%s is a refusal that every vendor can word', (kind) => {
  expect(toProblem(kind).problem).toBe(kind);
});

it('tells a client that is refused as one too many when to come back', () => {
  expect(toProblem('rate-limited')).toEqual({ problem: 'rate-limited', retryAfterSeconds: 60 });
  expect(toProblem('rate-limited', 7)).toMatchObject({ retryAfterSeconds: 7 });
});

it('gives a conflict a sentence, since vendors show what was found', () => {
  expect(toProblem('conflict')).toMatchObject({
    violations: [{ keyword: 'rule', message: expect.stringMatching(/\.$/) }],
  });
});
