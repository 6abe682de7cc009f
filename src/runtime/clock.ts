/** A sandbox's clock as a value: what it shows follows from it and the wall clock alone. */

export type Clock =
  | { readonly mode: 'running'; readonly offsetMs: number }
  | { readonly mode: 'frozen'; readonly at: number };

export const realTime: Clock = { mode: 'running', offsetMs: 0 };

/** Milliseconds since 1970 that the clock shows while the wall clock shows `wallMs`. */
export function timeOf(clock: Clock, wallMs: number): number {
  return clock.mode === 'frozen' ? clock.at : wallMs + clock.offsetMs;
}
