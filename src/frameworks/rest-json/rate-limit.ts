/**
 * Rate limits in fixed windows. Row RATE-WINDOW: a window starts with the first request after the previous window.
 * Row RATE-LIMIT: requests past a limit are refused only if the row is switched on; headers show the limit anyway.
 * Row RATE-RESET: the header tells the end of the window as a Unix time, or how many seconds are left.
 */
import type { Awaitable } from '../../shared/awaitable.ts';
import type { Window } from '../../shared/shared.ts';
import type { Context, Problem } from '../framework.ts';

export type Limit = {
  /** Part of the key under which uses are counted, such as `minute`. */
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
  /** The operations that count. Default: every request. */
  readonly operations?: readonly string[];
};

/** How many uses of a limit are taken, this request included. */
export type Standing = Window & {
  readonly limit: number;
  /** As the header has it. */
  readonly reset: number;
};

type Counted = { readonly standing: Standing | undefined; readonly problem: Problem | undefined };

/** Counts a request in every limit and passes the result on; without a promise if the counts are available at once. */
export function countUse<T>(
  name: string,
  limits: readonly Limit[],
  context: Context<unknown>,
  goOn: (counted: Counted) => T,
): Awaitable<T> {
  const counts = limits.map((limit) => context.meter(`${limit.name} ${name}`, limit.windowMs));
  const judge = (windows: readonly Window[]) => {
    const standings = windows.map((window, i) => ({ ...window, limit: limits[i]?.limit ?? 0 }));
    const [first] = standings;
    const standing = first && { ...first, reset: resetOf(first, context) };
    return goOn({ standing, problem: findExceeded(standings, context) });
  };
  return counts.every((count) => isThere(count)) ? judge(counts) : Promise.all(counts).then(judge);
}

function isThere<T>(value: Awaitable<T>): value is T {
  return !(value instanceof Promise);
}

function resetOf({ resetsAt }: Window, context: Context<unknown>): number {
  const from = context.choose('RATE-RESET') === 'seconds' ? context.now : 0;
  return Math.ceil((resetsAt - from) / 1_000);
}

function findExceeded(
  standings: readonly Omit<Standing, 'reset'>[],
  context: Context<unknown>,
): Problem | undefined {
  const exceeded = standings.find(({ used, limit }) => used > limit);
  if (!exceeded || context.choose('RATE-LIMIT') === 'off') return undefined;
  context.note('RATE-WINDOW');
  const seconds = Math.ceil((exceeded.resetsAt - context.now) / 1_000);
  return { problem: 'rate-limited', retryAfterSeconds: Math.max(1, seconds) };
}

/** Statuses of answers that are given before the caller is identified. */
const UNIDENTIFIED: ReadonlySet<number> = new Set([401, 413]);

/** `given` are the headers that the answer already has, in any letter case. They are not changed. */
export function limitHeaders(
  standing: Standing | undefined,
  status: number,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  if (!standing || UNIDENTIFIED.has(status)) return {};
  const { limit, used, reset } = standing;
  const names = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  const headers = {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(Math.max(0, limit - used)),
    'X-RateLimit-Reset': String(reset),
  };
  const added = Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()));
  return Object.fromEntries(added);
}
