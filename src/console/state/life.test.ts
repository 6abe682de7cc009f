import { expect, it } from 'vitest';
import { lifeOf } from './life.ts';

it('puts now between what happened and what is to come', () => {
  const life = lifeOf(
    [
      { at: '2026-06-30T00:00:00Z', event: 'expires' },
      { at: '2026-01-01T00:00:00Z', event: 'created' },
    ],
    '2026-03-01T00:00:00.000Z',
  );
  expect(life.map(({ event, when }) => [event, when])).toEqual([
    ['created', 'past'],
    ['now', 'now'],
    ['expires', 'future'],
  ]);
});

it('words what is past as past', () => {
  const at = '2026-01-01T00:00:00Z';
  const events = ['starts', 'expires', 'ends', 'expire', 'created'].map((event) => ({ at, event }));
  expect(lifeOf(events, '2027-01-01T00:00:00Z').map(({ event }) => event)).toEqual([
    'started',
    'expired',
    'ended',
    'expired',
    'created',
    'now',
  ]);
});

it('gives a longer time more room, but not in proportion', () => {
  const [short, long] = lifeOf(
    [
      { at: '2026-01-01T00:00:00Z', event: 'created' },
      { at: '2026-01-02T00:00:00Z', event: 'starts' },
    ],
    '2036-01-01T00:00:00Z',
  );
  expect(long?.share).toBeGreaterThan(short?.share ?? 0);
  expect(long?.share).toBeLessThan(20);
});
