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
  return [
    `${time.slice(11, 19)}  ${request.method} ${request.url}  ${status}  ${what}${by}, ${durationMs} ms`,
    ...violations.map((found) => `          ${describe(found)}`),
    ...warnings.map(({ message }) => `          tolerated: ${message}`),
    ...(entry.live?.outcome === 'failed' ? [`          live: ${entry.live.reason}`] : []),
    ...(entry.drift ?? []).map((drift) => `          live: ${describeDrift(drift)}`),
  ].join('\n');
}

function describe({ in: place, path, message }: Finding): string {
  return `${[place, ...path].join('.')}: ${message}`;
}

/** `body.count (type): the mock has number, the vendor string` */
function describeDrift({ path, what, mock, live, row, choice }: Drift): string {
  const sides = `the mock has ${mock ?? 'nothing'}, the vendor ${live ?? 'nothing'}`;
  return `${path} (${what}): ${sides}${row === undefined ? '' : `; --set ${row}=${choice} does as the vendor`}`;
}
