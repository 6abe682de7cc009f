import { expect, it } from 'vitest';
import { composeDocuments } from './compose-documents.ts';

const compose = (...values: unknown[]) =>
  composeDocuments(values.map((value, i) => ({ origin: `s${i + 1}`, value })));

it('puts lists together; one key, id or token is one item, equal items count once', () => {
  expect(
    compose(
      { ibl: { platforms: [{ key: 'acme' }], licenses: [{ name: 'a' }] } },
      { ibl: { platforms: [{ key: 'acme', org: 'o' }, { key: 'b' }], licenses: [{ name: 'a' }] } },
      { alice: { licenses: [] } },
    ),
  ).toEqual({
    ibl: {
      platforms: [{ key: 'acme', org: 'o' }, { key: 'b' }],
      licenses: [{ name: 'a' }],
    },
    alice: { licenses: [] },
  });
});

it('leaves out what each scenario says of itself', () => {
  const own = { description: 'x', providerStates: ['s'], parameters: {} };
  expect(compose({ name: 'a', ...own }, { name: 'b', ...own, seed: 2 })).toEqual({ seed: 2 });
});

it.each([
  [
    { clock: 'now' },
    { clock: '2026-01-01T00:00:00Z' },
    'of clock, s1 says "now" and s2 says "2026',
  ],
  [
    { ibl: { platforms: [{ key: 'a', name: 'A' }] } },
    { ibl: { platforms: [{ key: 'a', name: 'B' }] } },
    'of ibl.platforms[0].name, s1 says "A" and s2 says "B"',
  ],
  [
    { ibl: { licenses: [] } },
    { ibl: { licenses: [{}, {}] } },
    'of ibl.licenses, s1 says that there are none and s2 says that there are 2',
  ],
  [{ settings: { A: 'x' } }, { settings: { A: 'y' } }, 'of settings.A'],
])('refuses %j with %j', (one, other, message) => {
  expect(() => compose(one, other)).toThrow(message);
});
