/** Measures event loop turns. The longest turn is the longest that a request may have waited. */
export function watchTurns(): { stop(): string } {
  const start = performance.now();
  let last = start;
  let longest = 0;
  let isOver = false;
  const turn = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    /** Two cells of a table: how long it took, the longest turn. */
    stop: () => {
      turn();
      isOver = true;
      return `${(performance.now() - start).toFixed(0)} ms | ${longest.toFixed(1)} ms`;
    },
  };
}
