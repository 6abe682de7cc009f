/** Lengths of time in words. */

const UNITS = [
  ['year', 365 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** In the largest unit that fits, rounded down, with the next one for years: `2 years 30 days`, `12 days`, `3 hours`. */
export function describeDistance(ms: number): string {
  const [first, second] = UNITS.flatMap(([unit, lengthMs], index) => {
    const larger = UNITS[index - 1]?.[1] ?? Number.POSITIVE_INFINITY;
    const count = Math.floor((ms % larger) / lengthMs);
    return count > 0 ? [{ unit, text: `${count} ${unit}${count === 1 ? '' : 's'}` }] : [];
  });
  if (!first) return 'less than a second';
  const isExact = first.unit !== 'year' || second?.unit !== 'day';
  return isExact ? first.text : `${first.text} ${second.text}`;
}
