/** Server-sent events (WHATWG HTML, 9.2) on an open response. */
import type { ServerResponse } from 'node:http';
import type { Stream, StreamEvent } from './call.ts';

/** Keeps proxies from closing a quiet connection. */
const HEARTBEAT_MS = 15_000;
/** A reader that is further behind is dropped, because its events wait in memory. */
const MAX_BEHIND_BYTES = 1024 * 1024;

export const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // Some proxies would otherwise buffer events.
  'x-accel-buffering': 'no',
};

/** The stream ends if the reader disconnects or falls too far behind, if `end` is called, or if the server stops. */
export function openStream(
  response: ServerResponse,
  { open }: Stream,
  stopping: AbortSignal,
): void {
  response.writeHead(200, STREAM_HEADERS);
  response.write(': open\n\n');
  const write = (text: string): void => {
    if (response.writableLength > MAX_BEHIND_BYTES) response.destroy();
    else response.write(text);
  };
  const end = (): void => void response.end();
  const { missed, close } = open((event) => write(format(event)), end);
  for (const text of newestThatFit(missed)) response.write(text);

  const heartbeat = setInterval(() => write(': alive\n\n'), HEARTBEAT_MS).unref();
  stopping.addEventListener('abort', end);
  response.once('close', () => {
    clearInterval(heartbeat);
    stopping.removeEventListener('abort', end);
    close();
  });
  if (stopping.aborted) end();
}

/** The missed events, oldest first, limited to `MAX_BEHIND_BYTES`. A comment marks where older events are left out. */
function newestThatFit(missed: readonly StreamEvent[]): readonly string[] {
  const texts: string[] = [];
  let bytes = 0;
  for (const event of missed.toReversed()) {
    const text = format(event);
    bytes += Buffer.byteLength(text);
    if (bytes > MAX_BEHIND_BYTES) {
      texts.push(': older entries were left out; the journal may still have them\n\n');
      break;
    }
    texts.push(text);
  }
  return texts.toReversed();
}

function format({ event, id, data }: StreamEvent): string {
  const named = id === undefined ? '' : `id: ${id}\n`;
  return `event: ${event}\n${named}data: ${JSON.stringify(data)}\n\n`;
}
