/** HTTP as bytes, for requests that a correct client cannot send. */
import { connect } from 'node:net';

export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Sends the bytes unchanged, and reads until the server closes. Request that with `Connection: close`. */
export async function sendRaw(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('utf8');
  socket.setTimeout(15_000, () => socket.destroy(new Error('No answer within 15 s.')));
  socket.on('data', (chunk: string) => void (text += chunk));
  socket.on('error', reject);
  socket.on('close', () => resolve(text));
  socket.write(bytes);
  return parseAnswer(await promise);
}

/** A request with a `Content-Length`; header lines as given, none added but Host and Connection. */
export function rawRequest(
  line: string,
  headers: readonly string[],
  body: string | Buffer = '',
): Buffer {
  const head = [
    `${line} HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    ...headers,
    ...(body.length > 0 ? [`Content-Length: ${Buffer.byteLength(body)}`] : []),
  ].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
}

function parseAnswer(text: string): RawAnswer {
  const split = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, split).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: text.slice(split + 4),
  };
}
