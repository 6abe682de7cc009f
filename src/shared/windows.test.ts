import { describe, expect, it } from 'vitest';
import { EARLY_MS, openWindows } from './windows.ts';

describe('A window', () => {
  const windowMs = 60_000;
  const count = (...times: readonly number[]) => {
    const windows = openWindows();
    return times.map((now) => windows.count('key', { windowMs, now }));
  };

  it('starts with the first use after the last one ended', () => {
    expect(count(0, 59_999, 60_000)).toEqual([
      { used: 1, resetsAt: 60_000 },
      { used: 2, resetsAt: 60_000 },
      { used: 1, resetsAt: 120_000 },
    ]);
  });

  it('counts a use that came before the one that started it', () => {
    expect(count(1_000, 999).map(({ used }) => used)).toEqual([1, 2]);
    expect(count(EARLY_MS, 0).map(({ used }) => used)).toEqual([1, 2]);
  });

  it('is over when the clock was set back', () => {
    expect(count(EARLY_MS + 1, 0)).toEqual([
      { used: 1, resetsAt: windowMs + EARLY_MS + 1 },
      { used: 1, resetsAt: windowMs },
    ]);
  });
});
