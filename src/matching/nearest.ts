/** Finds known names that are similar to an unknown one, for "did you mean" messages. */

const SHOWN = 3;
/** Only this many characters are compared. */
const COMPARED = 200;
/** Minimum similarity, from 0 (nothing in common) to 1 (equal). Commander uses the same value. */
const SIMILAR = 0.4;

/**
 * Returns the nearest known texts (names, paths or sentences), best first. Texts that share more words come first;
 * ties are ordered by edit distance.
 */
export function findNearest(
  wrong: string,
  known: readonly string[],
  count = SHOWN,
): readonly string[] {
  const typed = wrong.slice(0, COMPARED).toLowerCase();
  const words = wordsOf(typed);
  return [...new Set(known)]
    .map((text) => {
      const other = text.slice(0, COMPARED).toLowerCase();
      return {
        text,
        shared: shareOf(words, wordsOf(other)),
        distance: editDistance(typed, other),
      };
    })
    .toSorted((a, b) => b.shared - a.shared || a.distance - b.distance)
    .slice(0, count)
    .map(({ text }) => text);
}

/** The known text that was probably meant; undefined if none is similar enough to be a typing error. */
export function findSimilar(wrong: string, known: readonly string[]): string | undefined {
  const typed = wrong.slice(0, COMPARED).toLowerCase();
  const likeness = (text: string): number =>
    1 - editDistance(typed, text.toLowerCase()) / Math.max(typed.length, text.length);
  const [best] = known.toSorted((a, b) => likeness(b) - likeness(a));
  return best !== undefined && likeness(best) > SIMILAR ? best : undefined;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/[^\p{L}\d]+/u).filter(Boolean));
}

/** Dice coefficient: from 0 (no common words) to 1 (the same words). */
function shareOf(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  const total = some.size + others.size;
  const common = [...some].filter((word) => others.has(word)).length;
  return total === 0 ? 0 : (2 * common) / total;
}

/** Levenshtein distance, computed one row of the table at a time. */
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
