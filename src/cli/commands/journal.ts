/** `license-mock journal`: shows the requests that a sandbox of a running server got, and why they were refused. */
import { createControlClient } from '../../client/control-client.ts';
import { followJournal } from '../../client/follow-journal.ts';
import { createSendCall } from '../../client/send-call.ts';
import { readOptional, readRequired, type Given } from '../../config/options.ts';
import {
  parseSwitch,
  parseText,
  parseToken,
  parseUrl,
  wholeFrom,
} from '../../config/parse-value.ts';
import type { Drift, Finding, JournalEntry, JournalFilter } from '../../control-api/control-api.ts';
import { isJsonAsked } from '../output.ts';

export async function showJournal(given: Given, sandbox = 'default'): Promise<number> {
  const address = {
    url: readRequired(given, 'url', parseUrl),
    token: readOptional(given, 'token', parseToken),
  };
  const isJson = isJsonAsked(given);
  const write = (entry: JournalEntry): void => {
    process.stdout.write(`${isJson ? JSON.stringify(entry) : renderEntry(entry)}\n`);
  };
  const filter = readFilter(given);
  const { entries } = await createControlClient(address).listJournal(sandbox, {
    limit: readRequired(given, 'limit', wholeFrom(1, 100)),
    ...filter,
  });
  for (const entry of entries.toReversed()) write(entry);
  if (!readRequired(given, 'follow', parseSwitch)) {
    if (entries.length === 0 && !isJson)
      process.stdout.write(`Sandbox ${sandbox} got no requests.\n`);
    return 0;
  }
  const ending = new AbortController();
  process.once('SIGINT', () => ending.abort());
  process.once('SIGTERM', () => ending.abort());
  for await (const entry of followJournal(createSendCall(address), sandbox, {
    after: entries[0]?.id,
    signal: ending.signal,
  }))
    if (fits(filter, entry) && isNews(entry)) write(entry);
  return 0;
}

export function readFilter(given: Given): JournalFilter {
  const vendor = readOptional(given, 'vendor', parseText);
  const operation = readOptional(given, 'operation', parseText);
  const status = readOptional(given, 'status', wholeFrom(100, 599));
  const text = readOptional(given, 'text', parseText);
  const drift = readRequired(given, 'drift', parseSwitch);
  return {
    ...(drift && { drift }),
    ...(vendor !== undefined && { vendor }),
    ...(operation !== undefined && { operation }),
    ...(status !== undefined && { status }),
    ...(text !== undefined && { text }),
  };
}

/** The same filter, for entries that the server streams. */
function fits(filter: JournalFilter, entry: JournalEntry): boolean {
  const { vendor, operation, status, text, drift } = filter;
  return (
    (drift !== true || (entry.drift ?? []).length > 0) &&
    (vendor === undefined || entry.vendor === vendor) &&
    (operation === undefined || entry.operation === operation) &&
    (status === undefined || entry.status === status) &&
    (text === undefined || JSON.stringify(entry).toLowerCase().includes(text.toLowerCase()))
  );
}

/** An entry comes a second time when the live vendor has answered, which is news only if the answers differ. */
function isNews({ live, drift = [] }: JournalEntry): boolean {
  return live?.outcome !== 'compared' || drift.length > 0;
}

/** One line, followed by what was wrong or tolerated, indented. */
function renderEntry(entry: JournalEntry): string {
  const { time, request, status, operation, override, warnings, violations, durationMs } = entry;
  const what = operation ?? 'no operation';
  const by = override === undefined ? '' : `, override ${override}`;
  const from = entry.kind === 'proxied' ? ', answered by the live vendor' : '';
  return [
    `${time.slice(11, 19)}  ${request.method} ${request.url}  ${status}  ${what}${by}${from}, ${durationMs} ms`,
    ...violations.map((found) => `          ${describe(found)}`),
    ...warnings.map(({ message }) => `          tolerated: ${message}`),
    ...(entry.live?.outcome === 'failed' ? [`          live: ${entry.live.reason}`] : []),
    ...describeDrifts(entry.drift ?? []).map((line) => `          live: ${line}`),
  ].join('\n');
}

function describe({ in: place, path, message }: Finding): string {
  return `${[place, ...path].join('.')}: ${message}`;
}

/** What one choice of a row explains is one line. */
function describeDrifts(drifts: readonly Drift[]): readonly string[] {
  const byChoice = Map.groupBy(drifts, ({ row, choice }) => `${row} ${choice}`);
  return [...byChoice.values()].flatMap((alike) => {
    const [first] = alike;
    if (first?.row === undefined) return alike.map(describeDrift);
    const more = alike.length > 1 ? `, and ${alike.length - 1} more` : '';
    return [
      `${describeDrift(first)}${more}; --set ${first.row}=${first.choice} does as the vendor`,
    ];
  });
}

/** `body.count (type): the mock has number, the vendor string` */
function describeDrift({ path, what, mock, live }: Drift): string {
  return `${path} (${what}): the mock has ${shorten(mock)}, the vendor ${shorten(live)}`;
}

const SHOWN_LENGTH = 200;

function shorten(value: string | number | undefined): string {
  const text = String(value ?? 'nothing');
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}
