/** Follows the journal of a sandbox: the entries as they arrive, over `GET …/journal/stream`. */
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { JournalEntry } from '../control-api/control-api.ts';
import { ControlError } from './control-error.ts';
import type { SendCall } from './send-call.ts';

/** A server that restarts is back within this time. */
const RETRY_MS = 500;
const TRIES = 20;
const FROM_THE_START = '';

/**
 * Yields each entry that is newer than the one with the id `after`, or all of the journal if `after` is undefined, until
 * `signal` aborts. Reconnects if the connection is lost, and misses nothing that the journal still has. Throws `ControlError` if the server refuses, or does not come
 * back within 10 s.
 */
export async function* followJournal(
  send: SendCall,
  sandbox: string,
  { after, signal }: { readonly after: string | undefined; readonly signal: AbortSignal },
): AsyncGenerator<JournalEntry> {
  // Without an id the stream would start with the next entry, and one that came since the journal was read is lost.
  let lastId = after ?? FROM_THE_START;
  let tries = 0;
  let wasConnected = false;
  while (!signal.aborted) {
    try {
      const answer = await send({
        method: 'GET',
        path: ['sandboxes', sandbox, 'journal', 'stream'],
        stream: { lastId, signal },
      });
      tries = 0;
      wasConnected = true;
      for await (const { id, data } of eventsOf(answer)) {
        lastId = id ?? lastId;
        yield JSON.parse(data) as JournalEntry;
      }
    } catch (thrown) {
      if (signal.aborted) return;
      const isRefused = thrown instanceof ControlError && thrown.code !== 'unreachable';
      tries += 1;
      if (isRefused || !wasConnected || tries >= TRIES) throw thrown;
    }
    await sleep(RETRY_MS, signal);
  }
}

/** Resolves after the time, or as soon as `signal` aborts. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

function eventsOf({
  body,
}: Response): AsyncIterable<{ readonly id?: string | undefined; readonly data: string }> {
  if (!body) throw new Error('The stream has no body.');
  return body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream());
}
