/** Measures several servers in turns, so that other load on the machine affects all of them equally. */
import type { Call } from '../peers/peer.ts';
import { runLoad } from './run-load.ts';

export type Runner = { readonly name: string; readonly url: string; readonly call: Call };

export type Series = { readonly name: string; readonly rates: readonly number[] };

/** Warms each server up once, then measures them in turn, `rounds` times. */
export async function runRounds(
  runners: readonly Runner[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<readonly Series[]> {
  for (const { url, call } of runners) await runLoad(url, call, seconds);
  const rates = runners.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { url, call }] of runners.entries()) {
      rates[i]?.push(await runLoad(url, call, seconds));
    }
  }
  return runners.map(({ name }, i) => ({ name, rates: rates[i] ?? [] }));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Median of the ratios of each round, which cancels noise that affects both in a round. */
export function ratio(of: Series, to: Series): number {
  return median(of.rates.map((rate, i) => rate / (to.rates[i] ?? Number.NaN)));
}
