/** Reads server-sent events from a socket as they arrive. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

type ReadEvent = { readonly event: string; readonly id: string; readonly data: unknown };

export type EventReader = {
  readonly response: IncomingMessage;
  readonly events: readonly ReadEvent[];
  /** Resolves when this many events have arrived; rejects after 5 s. */
  waitFor(count: number): Promise<void>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
};

export async function readEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const outgoing = request(url, { headers: { accept: 'text/event-stream', ...headers } });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const events: ReadEvent[] = [];
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    events.push(...blocks.filter((block) => !block.startsWith(':')).map(parseBlock));
  });
  response.on('error', () => resolve());
  response.on('close', () => resolve());
  return {
    response,
    events,
    ended,
    close: () => outgoing.destroy(),
    async waitFor(count) {
      for (let waited = 0; events.length < count; waited += 10) {
        if (waited > 5_000) throw new Error(`${events.length} of ${count} events came.`);
        await sleep(10);
      }
    },
  };
}

function parseBlock(block: string): ReadEvent {
  const fields = block.split('\n').map((line) => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  const { event = '', id = '', data = '' } = Object.fromEntries(fields) as Record<string, string>;
  return { event, id, data: JSON.parse(data) };
}
