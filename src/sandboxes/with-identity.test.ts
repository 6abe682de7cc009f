import { expect, it } from 'vitest';
import { withIdentity } from './with-identity.ts';

const setup = {
  id: 'setup',
  generation: 'g1',
  journalId: 'j1',
  revision: 4,
  ruleCount: 2,
  states: [{ scenario: 'paid', params: {} }],
  seed: 7,
};
const rules = [{ id: '1' }, { id: '2' }];
const content = {
  counters: { 'mock.overrides': 2 },
  records: { 'mock.setup': [setup], 'mock.overrides': rules },
};

it('gives the world another identity, and keeps all else', () => {
  const moved = withIdentity(content, { journalId: 'j2' });
  const [renewed] = moved.records['mock.setup'] ?? [];
  expect(renewed).toEqual({ ...setup, journalId: 'j2', generation: renewed?.['generation'] });
  expect(renewed?.['generation']).not.toBe('g1');
  expect(moved).toMatchObject({ counters: content.counters, records: { 'mock.overrides': rules } });
});

it('gives a setup of version 0.1 what it lacks', () => {
  const old = {
    ...content,
    records: { ...content.records, 'mock.setup': [{ id: 'setup', seed: 7 }] },
  };
  expect(withIdentity(old, { journalId: 'j2' }).records['mock.setup']).toMatchObject([
    { seed: 7, journalId: 'j2', revision: 0, ruleCount: 2, states: [] },
  ]);
});
