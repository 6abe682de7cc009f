/** The known names that look most like a wrong one, for a message that says what was meant. */

const SHOWN = 3;
/** Longer than any name; what follows is not compared. */
const COMPARED = 64;

export function nearestNames(wrong: string, known: readonly string[]): readonly string[] {
  const typed = wrong.slice(0, COMPARED).toLowerCase();
  return [...new Set(known)]
    .map((name) => ({ name, distance: editDistance(typed, name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, SHOWN)
    .map(({ name }) => name);
}

/** How many characters are to be put in, taken out or replaced (Levenshtein), one row of the table at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const kept = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(kept, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
