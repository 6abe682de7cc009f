/** An exchange as the pipeline hands it to the journal, for tests that care about a few of its fields. */
import type { RecordedExchange } from '../../src/journal/recorded-exchange.ts';

export type ExchangeOptions = Partial<Omit<RecordedExchange, 'request' | 'response'>> & {
  readonly request?: Partial<Omit<RecordedExchange['request'], 'body'>> & {
    /** An object is sent as JSON. */
    readonly body?: Buffer | string | object;
  };
  readonly response?: Partial<RecordedExchange['response']>;
};

/** A create of ibl in sandbox `default`, answered 200. */
export function exchangeOf(options: ExchangeOptions = {}): RecordedExchange {
  const { request = {}, response = {}, ...rest } = options;
  const { status = 200 } = rest;
  return {
    id: 'default-1',
    time: Date.parse('2026-01-01T00:00:00Z'),
    sandbox: 'default',
    vendor: 'ibl',
    operation: 'createProgramLicense',
    kind: 'handled',
    durationMs: 1.23456,
    warnings: [],
    violations: [],
    ledger: [],
    override: undefined,
    ...rest,
    status,
    request: {
      method: 'POST',
      url: '/api/catalog/licenses/program/create/',
      path: (request.url ?? '/api/catalog/licenses/program/create/').replace(/\?.*/s, ''),
      content: undefined,
      headers: { 'content-type': 'application/json' },
      ...request,
      body: toBuffer(request.body ?? ''),
    },
    response: {
      status,
      headers: { 'content-type': 'application/json' },
      body: '{"id":1}',
      ...response,
    },
  };
}

function toBuffer(body: Buffer | string | object): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
