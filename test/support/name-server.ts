/** A name server (RFC 1035) that knows one host, as Docker's does in a network of its own. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export type NameServer = { readonly port: number; stop(): void };

const HEADER_BYTES = 12;
const TYPE_A = 1;
const NO_SUCH_NAME = 3;

/** `addresses`: the IPv4 addresses of the host now. Other names do not exist. */
export async function startNameServer(
  host: string,
  addresses: () => readonly string[],
): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = readQuestion(query);
    const found = name === host && type === TYPE_A ? addresses() : [];
    const header = Buffer.from(query.subarray(0, HEADER_BYTES));
    header.writeUInt16BE(0x8180 | (name === host ? 0 : NO_SUCH_NAME), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(found.length, 6);
    header.fill(0, 8);
    const answers = found.map((each) =>
      // The name of the question; type A, class IN, 600 s, 4 bytes.
      Buffer.from([
        0xc0,
        HEADER_BYTES,
        0,
        TYPE_A,
        0,
        1,
        0,
        0,
        2,
        88,
        0,
        4,
        ...each.split('.').map(Number),
      ]),
    );
    socket.send(
      Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...answers]),
      port,
      address,
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, stop: () => socket.close() };
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end: at + 5 };
}
