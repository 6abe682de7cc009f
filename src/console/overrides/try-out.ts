/** Tries an override out: which past requests it matches, and the answer that it gives, in a sandbox of its own. */
import type {
  JournalEntry,
  Match,
  NotHeld,
  Override,
  VendorExample,
} from '../../control-api/control-api.ts';
import { VerificationError } from '../../client/control-error.ts';
import { base, type Api } from '../api/api.ts';
import { toRequest } from '../traffic/copy-as.ts';

export type Matches = {
  readonly count: number;
  /** The newest ones. */
  readonly entries: readonly NotHeld['nearest'][number]['entry'][];
};

export type Answer = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
};

/** The journal's own verification tells which requests a pattern finds: if none is expected, it names those it saw. */
export async function findMatches(api: Api, sandbox: string, override: Override): Promise<Matches> {
  const { vendor, operation, when = {} } = override;
  const { call: _, ...pattern } = when;
  const match = { ...pattern, ...(vendor && { vendor }), ...(operation && { operation }) } as Match;
  try {
    return { count: await api.verifyJournal(sandbox, { match, never: true }), entries: [] };
  } catch (thrown) {
    if (!(thrown instanceof VerificationError)) throw thrown;
    return { count: thrown.count, entries: thrown.nearest.map(({ entry }) => entry) };
  }
}

/** The answer to the request under the override. Rejects where the override breaks the connection. */
export async function previewAnswer(
  api: Api,
  override: Override,
  entry: JournalEntry,
  examples: readonly VendorExample[],
): Promise<Answer> {
  const sandbox = `console-preview-${crypto.randomUUID().slice(0, 8)}`;
  const { effect } = override;
  await api.startSandbox(sandbox, {});
  try {
    await api.addOverride(sandbox, { effect });
    const { url, method, headers, body } = toRequest(
      entry,
      `${base}/_sandbox/${sandbox}`,
      examples,
    );
    const answer = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && method !== 'GET' && method !== 'HEAD' && { body }),
      signal: AbortSignal.timeout(5_000),
    });
    return { status: answer.status, headers: [...answer.headers], body: await answer.text() };
  } finally {
    await api.removeSandbox(sandbox);
  }
}
