/** Several servers, measured in turns, so that what the machine does beside meets all of them alike. */
import type { Call } from '../peers/peer.ts';
import { runLoad } from './run-load.ts';

export type Runner = { readonly name: string; readonly url: string; readonly call: Call };

export type Series = { readonly name: string; readonly rates: readonly number[] };

/** One warm-up each, then `rounds` times each in turn. */
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

/** The median of the ratios of each round: noise that meets both in a round is in neither. */
export function ratio(of: Series, to: Series): number {
  return median(of.rates.map((rate, i) => rate / (to.rates[i] ?? Number.NaN)));
}
