/** Sends one request to Django and to the mock, and says what differs. */
import { Agent, request } from 'node:http';
import type { Sent } from './requests.ts';

export type Answer = {
  readonly status: number;
  /** Those that the recorded answers name (test/wire). */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Ledger rows that the mock says influenced it. */
  readonly rows: readonly string[];
};

const NAMED = ['allow', 'content-type', 'vary', 'www-authenticate', 'location', 'retry-after'];
const TIMEOUT_MS = 10_000;
const agent = new Agent({ keepAlive: true });

export async function ask(url: string, { method, path, headers, body }: Sent): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  // Links in answers follow the Host.
  const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
  const all = { host: 'ibl.test', ...length, ...headers };
  const sending = request(
    `${url}${path}`,
    { method, headers: all, agent, timeout: TIMEOUT_MS },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const named = NAMED.map((name) => [name, response.headers[name]?.toString()] as const);
        const rows = String(response.headers['x-mock-ledger'] ?? '');
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(named),
          body: Buffer.concat(chunks).toString(),
          rows: rows.split(', ').filter(Boolean),
        });
      });
    },
  );
  sending.on('error', reject);
  sending.on('timeout', () => {
    sending.destroy(new Error(`${url} did not answer ${method} ${path}.`));
  });
  sending.end(body);
  return promise;
}

/** What both must have in common: of a refusal each byte, of a success the values. */
export function comparable({ status, headers, body }: Answer) {
  return { status, headers, body: status < 300 && body !== '' ? valueOf(body) : body };
}

/** The mock's numbers are doubles, of which JSON shows no -0.0. */
function valueOf(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown) => (value === 0 ? 0 : value));
}
