/** Orders the moments of a record's life, with now among them. */

export type Point = {
  readonly at: string;
  readonly event: string;
  readonly when: 'past' | 'now' | 'future';
  /** How much of the line lies between this point and the next. Long times are shortened. */
  readonly share: number;
};

const DAY_MS = 86_400_000;

export function lifeOf(
  moments: readonly { readonly at: string; readonly event: string }[],
  now: string,
): readonly Point[] {
  const at = Date.parse(now);
  const known = moments.map((moment) =>
    Date.parse(moment.at) <= at
      ? { ...moment, event: pastOf(moment.event), when: 'past' as const }
      : { ...moment, when: 'future' as const },
  );
  const all = [...known, { at: now, event: 'now', when: 'now' as const }].toSorted(
    (one, other) => Date.parse(one.at) - Date.parse(other.at),
  );
  return all.map((point, index) => {
    const next = all[index + 1];
    const days = next ? (Date.parse(next.at) - Date.parse(point.at)) / DAY_MS : 0;
    return { ...point, share: 1 + Math.log2(1 + days) };
  });
}

/** `expires` has become `expired`; what ends otherwise is past already: `created`. */
function pastOf(event: string): string {
  return event.replace(/e?s$/, 'ed').replace(/e$/, 'ed');
}
