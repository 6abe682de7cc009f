/** The message of a verification: what was expected, what was seen, and the nearest requests. */
import type { Nearest } from '../control-api/control-api.ts';
import type { RequestPattern } from '../matching/pattern.ts';
import type { Range } from './expectation.ts';

const MAX_VALUE_LENGTH = 120;
const MAX_DIFFERENCES = 5;

/** The number of matching requests, as far as the journal knows. */
export type Count = {
  /** Entries that certainly match. */
  readonly sure: number;
  /** Entries that match except for a truncated body. */
  readonly undecided: number;
  /** Dropped entries, which may have matched too. */
  readonly dropped: number;
};

/** `exactly 1 request with operation createLicense, body {"Name":"a"}`. */
export function describeExpectation(match: RequestPattern, range: Range): string {
  const parts = [
    ...(['vendor', 'operation', 'method', 'path', 'status', 'warnings'] as const).flatMap((name) =>
      match[name] === undefined ? [] : [`${name} ${match[name]}`],
    ),
    ...(['query', 'headers'] as const).flatMap((part) =>
      Object.entries(match[part] ?? {}).map(([name, text]) => `${part}.${name} ${show(text)}`),
    ),
    ...(match.body === undefined ? [] : [`body ${show(match.body)}`]),
  ];
  return `${describeRange(range)}${parts.length > 0 ? ` with ${parts.join(', ')}` : ''}`;
}

function describeRange({ min, max }: Range): string {
  if (max === 0) return 'no request';
  if (min === max) return `exactly ${requests(min)}`;
  if (max === Infinity) return `at least ${requests(min)}`;
  return min === 0 ? `at most ${requests(max)}` : `${min} to ${requests(max)}`;
}

export function describeFailure(failure: {
  readonly sandbox: string;
  readonly expected: string;
  readonly range: Range;
  readonly count: Count;
  /** Number of entries in the journal. */
  readonly total: number;
  readonly nearest: readonly Nearest[];
}): string {
  const { sandbox, expected, range, count, total, nearest } = failure;
  const journal = `the journal of sandbox "${sandbox}"`;
  return [
    `Expected ${expected}.`,
    total === 0
      ? `Seen: none; ${journal} is empty.`
      : `Seen: ${count.sure === 0 ? 'none' : count.sure} among ${requests(total)} in ${journal}.`,
    ...describeDoubts(count, range),
    ...(nearest.length > 0 ? [count.sure > range.max ? 'The latest of them:' : 'Nearest:'] : []),
    ...nearest.flatMap(describeNearest),
  ].join('\n');
}

/** Reports only what could change the result. Further matches have no effect if there are already too many. */
function describeDoubts({ sure, undecided, dropped }: Count, { min, max }: Range): string[] {
  const canMatter = sure <= max && sure + undecided + dropped >= min;
  if (!canMatter) return [];
  return [
    ...(undecided > 0
      ? [
          `It cannot be decided: ${requests(undecided)} would match except for the body, which the journal truncated.`,
        ]
      : []),
    ...(dropped > 0
      ? [
          `It cannot be decided: the journal has dropped ${requests(dropped)} since it was last cleared. Clear it when the test starts, or make it larger (--journal-size).`,
        ]
      : []),
  ];
}

function describeNearest({ entry, differences }: Nearest): string[] {
  const { method, url, status, operation, id } = entry;
  const shown = differences.slice(0, MAX_DIFFERENCES);
  const more = differences.length - shown.length;
  return [
    `  ${method} ${cut(url)} -> ${status} (${operation ?? 'no operation'}, ${id})`,
    ...shown.map(
      ({ at, expected, actual }) =>
        `    ${at}: expected ${show(expected)}, ${actual === undefined ? 'was not there' : `was ${show(actual)}`}`,
    ),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}

function requests(count: number): string {
  return count === 1 ? '1 request' : `${count} requests`;
}

/** As JSON, on one line. */
function show(value: unknown): string {
  return cut(JSON.stringify(value));
}

function cut(text: string): string {
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
}
