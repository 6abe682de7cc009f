/** One round: clients work on a fresh sandbox, something breaks, all runs again; then what is stored is checked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { control } from '../support/control-client.ts';
import { findFaults } from './find-faults.ts';
import { runLoad, type Attempt } from './load.ts';
import { world, type FoundState } from './world.ts';

const CLIENTS = 8;
/** How long clients go on when all runs again. */
const AFTER_MS = 150;

export type Round = { readonly attempts: readonly Attempt[]; readonly faults: readonly string[] };

/** `fault` breaks something, mends it, and resolves when every server is ready. */
export async function playRound(options: {
  /** The servers, or what stands before them. */
  readonly urls: () => readonly string[];
  /** Each of these must tell the same at the end. */
  readonly servers: () => readonly string[];
  readonly sandbox: string;
  readonly random: () => number;
  readonly fault: () => Promise<void>;
}): Promise<Round> {
  const { urls, servers, sandbox, random, fault } = options;
  const [first = ''] = servers();
  const { status, text } = await control(first, `PUT /sandboxes/${sandbox}/state`, world);
  if (status !== 201) throw new Error(text);
  const end = new AbortController();
  const load = runLoad({ urls, sandbox, clients: CLIENTS, random, signal: end.signal });
  try {
    await sleep(60 + random() * 300);
    await fault();
    await sleep(AFTER_MS);
  } finally {
    end.abort();
  }
  const attempts = await load;
  const states = await Promise.all(servers().map((url) => stateOf(url, sandbox)));
  const journals = await Promise.all(servers().map((url) => journalOf(url, sandbox)));
  const [state = '{}'] = states;
  const [journal = []] = journals;
  return {
    attempts,
    faults: [
      ...(new Set(states).size > 1 ? ['The replicas show different states.'] : []),
      ...(new Set(journals.map(String)).size > 1 ? ['The replicas show different journals.'] : []),
      ...findFaults(attempts, JSON.parse(state) as FoundState, journal),
    ],
  };
}

async function stateOf(url: string, sandbox: string): Promise<string> {
  const { status, text } = await control(url, `GET /sandboxes/${sandbox}/state`);
  if (status !== 200) throw new Error(text);
  return text;
}

/** The request ids of all entries. */
async function journalOf(url: string, sandbox: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let next: unknown = ''; next !== null;) {
    const page = next === '' ? '' : `&before=${String(next)}`;
    const { status, text, body } = await control(
      url,
      `GET /sandboxes/${sandbox}/journal?limit=1000${page}`,
    );
    if (status !== 200) throw new Error(text);
    ids.push(...(body['entries'] as { readonly id: string }[]).map(({ id }) => id));
    ({ next } = body);
  }
  return ids;
}
