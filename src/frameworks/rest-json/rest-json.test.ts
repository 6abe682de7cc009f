import { describe, expect, it } from 'vitest';
import type { Json } from '../../messages/json.ts';
import type { HttpRequest, RequestContent } from '../../messages/message.ts';
import type { Operation, Route, Schema } from '../../openapi/operation.ts';
import type { Context, Problem, ReadResult } from '../framework.ts';
import { restJson, type RestFacts, type RestReading } from './rest-json.ts';

type Config = { readonly tokens: readonly string[] };

const facts: RestFacts<Config> = {
  identify: (token, { tokens }) =>
    tokens.includes(token) ? { name: token, role: 'member', scope: undefined } : undefined,
  hasLedgerRows: true,
};

const seat: Schema = {
  type: 'object',
  required: ['email'],
  properties: {
    email: { type: 'string' },
    floor: { type: ['integer', 'null'] },
    note: { type: 'string', minLength: 3 },
    labels: { type: 'object' },
    chairs: { type: 'array', items: { type: 'object', properties: { kind: { type: 'string' } } } },
  },
};

function operation(method: string, path: string, body?: Schema): Operation {
  const query = { includeHistory: { type: 'boolean' } };
  const words = { summary: '', description: '' };
  return {
    vendor: 'x',
    id: 'x',
    method,
    path,
    ...words,
    body,
    consumes: [],
    parameters: {},
    query,
  };
}

const takeSeat: Route = {
  operation: operation('POST', '/v1/seats', seat),
  methods: ['POST'],
  parameters: {},
};
const readSeat: Route = {
  operation: operation('GET', '/v1/seats/{seatId}'),
  methods: ['GET', 'DELETE'],
  parameters: { seatId: 'A/1' },
};

const get = { method: 'GET', path: '/v1/seats/A%2F1' };

function request(given: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'POST',
    path: '/v1/seats',
    query: '',
    headers: { authorization: 'Bearer a', 'content-type': 'application/json' },
    body: Buffer.from('{"email":"a@example.com"}'),
    baseUrl: '',
    ...given,
  };
}

const CHOICES: Readonly<Record<string, string>> = { METHODS: '405', 'MEDIA-TYPE': 'checked' };

function open(own: Partial<RestFacts<Config>> = {}) {
  const framework = restJson({ ...facts, ...own });
  const notes: string[] = [];
  const warnings: string[] = [];
  const context = {
    now: 0,
    config: { tokens: ['a'] },
    note: (row: string) => void notes.push(row),
    choose(row: string) {
      if (row in CHOICES) notes.push(row);
      return CHOICES[row] ?? 'on';
    },
    warn: ({ message }: { message: string }) => void warnings.push(message),
    meter: () => ({ used: 3, resetsAt: 1_000 }),
  } as unknown as Context<Config>;
  return {
    notes,
    warnings,
    read(http: HttpRequest, route?: Route): ReadResult<RestReading> {
      const result = framework.read(framework.open(http, route), context);
      if (result instanceof Promise) throw new Error('A promise where the counts were there.');
      return result;
    },
    coerce(sent: RequestContent, route: Route) {
      return framework.coerce(sent, framework.open(request(), route), context);
    },
    render(problem: Problem, http = request(), route: Route | undefined = takeSeat) {
      return framework.render(problem, framework.open(http, route), context);
    },
    encode: framework.encode,
  };
}

describe('read', () => {
  it('gives who asks, the query and the body, in their letter case', () => {
    const { read } = open();
    const { reading } = read(request({ query: 'includeHistory=true&tag=a&tag=B' }), takeSeat);
    expect(reading.identity?.name).toBe('a');
    expect(reading.sent).toEqual({
      query: { includeHistory: 'true', tag: ['a', 'B'] },
      body: { email: 'a@example.com' },
    });
  });

  it.each(['GET', 'DELETE'])('%s without a documented body has none', (method) => {
    const { read, notes } = open();
    for (const body of ['', '{', '{}']) {
      const { reading, problem } = read(
        request({ ...get, method, body: Buffer.from(body) }),
        readSeat,
      );
      expect(problem).toBeUndefined();
      expect(reading.sent).toEqual({ query: {}, body: undefined });
    }
    expect(notes).toEqual([]);
  });

  it('EMPTY-BODY: takes no body for an empty object where the operation has one', () => {
    const { read, notes } = open();
    const { reading } = read(request({ body: Buffer.alloc(0) }), takeSeat);
    expect(reading.sent?.body).toEqual({});
    expect(notes).toEqual(['EMPTY-BODY']);
  });

  it('looks at the credentials, then the limit, path, method, media type and JSON', () => {
    const limits = [{ name: 'minute', limit: 1, windowMs: 60_000 }];
    const wrong = { headers: { authorization: 'Bearer b' }, method: 'PUT' };
    const { read } = open();
    const problems = [
      read(request(wrong)),
      open({ limits }).read(request({ method: 'PUT' })),
      read(request({ method: 'PUT' })),
      read(request({ method: 'PUT' }), takeSeat),
      read(request({ headers: { authorization: 'Bearer a' }, body: Buffer.from('{') }), takeSeat),
      read(request({ body: Buffer.from('{') }), takeSeat),
    ].map(({ problem }) => problem?.problem);
    expect(problems).toEqual([
      'unauthenticated',
      'rate-limited',
      'unknown-path',
      'wrong-method',
      'unsupported-media-type',
      'unparsable',
    ]);
  });

  it('keeps what it read before it refused', () => {
    const limits = [{ name: 'minute', limit: 9, windowMs: 60_000 }];
    const { reading } = open({ limits }).read(request({ body: Buffer.from('{') }), takeSeat);
    expect(reading.identity?.name).toBe('a');
    expect(reading.standing).toEqual({ used: 3, resetsAt: 1_000, limit: 9, reset: 1 });
    expect(reading.sent).toBeUndefined();
  });

  it.each([
    ['/v1/seats/A%2F1', false],
    ['/v1/seats/seats', false],
    ['/v1/seats/A%2F1/', true],
    ['/V1/seats/A%2F1', true],
    ['/v1/se%61ts/A%2F1', true],
  ])('PATHS: %s is spelt otherwise than documented: %s', (path, isNoted) => {
    const { read, notes } = open();
    expect(read(request({ ...get, path }), readSeat).problem).toBeUndefined();
    expect(notes).toEqual(isNoted ? ['PATHS'] : []);
  });

  it('METHODS: answers HEAD where GET is offered, unless the vendor does not', () => {
    const head = request({ ...get, method: 'HEAD' });
    expect(open().read(head, readSeat).problem).toBeUndefined();
    const strict = open({ answersHead: false });
    expect(strict.read(head, readSeat).problem?.problem).toBe('wrong-method');
    expect(strict.notes).toEqual(['METHODS']);
    expect(open().read(request({ method: 'HEAD' }), takeSeat).problem?.problem).toBe(
      'wrong-method',
    );
  });

  it('finds a token in another header', () => {
    const { read } = open({ token: { header: 'x-api-key' } });
    expect(
      read(request({ headers: { 'x-api-key': 'a' } }), readSeat).reading.identity,
    ).toBeDefined();
    expect(read(request(), readSeat).problem?.problem).toBe('unauthenticated');
  });

  it('names no row where the ledger has none for the vendor', () => {
    const { read, notes } = open({ hasLedgerRows: false });
    read(request({ method: 'PUT' }), takeSeat);
    expect(notes).toEqual([]);
  });
});

describe('coerce', () => {
  const coerceBody = (body: Json, own: Partial<RestFacts<Config>> = {}) => {
    const { coerce, notes, warnings } = open(own);
    return { body: coerce({ query: {}, body }, takeSeat).body, notes, warnings };
  };

  it('UNKNOWN-PARAMETERS: ignores what the operation does not have, at any depth', () => {
    const { body, warnings } = coerceBody({
      email: 'a',
      colour: 'red',
      labels: { any: 1 },
      chairs: [{ kind: 'stool', legs: 3 }],
    });
    expect(body).toEqual({ email: 'a', labels: { any: 1 }, chairs: [{ kind: 'stool' }] });
    expect(warnings).toEqual([
      'colour is not a body parameter of this operation and was ignored.',
      'chairs[0].legs is not a body parameter of this operation and was ignored.',
    ]);
  });

  it('UNKNOWN-PARAMETERS: names the first fifty, then says how many more there are', () => {
    const query = Object.fromEntries(Array.from({ length: 53 }, (_, i) => [`q${i}`, '']));
    const { coerce, warnings } = open();
    expect(coerce({ query, body: undefined }, readSeat)).toEqual({ query, body: undefined });
    expect(warnings).toHaveLength(51);
    expect(warnings.at(-1)).toMatch(/^3 more unknown query parameters/);
  });

  it('NULLS: takes null for left out, where it is neither required nor allowed', () => {
    const { body, notes } = coerceBody({ email: null, floor: null, note: null });
    expect(body).toEqual({ email: null, floor: null });
    expect(notes).toEqual(['NULLS']);
  });

  it('gives a body that is no object to the judge as it is', () => {
    for (const body of [[{ a: 1 }], 'x', null]) expect(coerceBody(body).body).toEqual(body);
  });

  it("asks the vendor for each value's one form, and looks into what it gives", () => {
    const { body } = coerceBody(
      { email: 'A', chairs: { kind: 'STOOL' } },
      {
        coerceValue: (value, { type }) =>
          type === 'array' ? [value] : typeof value === 'string' ? value.toLowerCase() : value,
      },
    );
    expect(body).toEqual({ email: 'a', chairs: [{ kind: 'stool' }] });
  });
});

describe('render', () => {
  it.each<[Problem, number]>([
    [{ problem: 'unknown-path' }, 404],
    [{ problem: 'forbidden' }, 403],
    [{ problem: 'unsupported-media-type', mediaType: undefined }, 415],
    [{ problem: 'not-acceptable' }, 406],
    [{ problem: 'unparsable' }, 400],
    [{ problem: 'too-large', limitBytes: 9 }, 413],
    [{ problem: 'not-found' }, 404],
    [{ problem: 'conflict', violations: [] }, 409],
    [{ problem: 'server-error' }, 500],
    [{ problem: 'unavailable' }, 503],
  ])('%j is %i with an error and a message', (problem, status) => {
    const reply = open().render(problem, request(), undefined);
    expect(reply).toEqual({
      status,
      body: { error: expect.any(String), message: expect.any(String) },
    });
  });

  it('says in headers what the client can do', () => {
    const { render } = open();
    const headersOf = (problem: Problem) => render(problem).headers;
    expect(headersOf({ problem: 'unauthenticated' })).toEqual({ 'WWW-Authenticate': 'Bearer' });
    expect(headersOf({ problem: 'rate-limited', retryAfterSeconds: 7 })).toEqual({
      'Retry-After': '7',
    });
    expect(headersOf({ problem: 'wrong-method', methods: ['GET', 'PUT'] })).toEqual({
      Allow: 'GET, PUT',
    });
    const byKey = open({ token: { header: 'x-api-key' } });
    expect(byKey.render({ problem: 'unauthenticated' })).not.toHaveProperty('headers');
  });

  it('names every parameter that is wrong, each fault once', () => {
    const fault = (path: (string | number)[], keyword: string) =>
      ({ in: 'body', path, keyword, message: 'not shown' }) as const;
    const violations = [
      fault(['email'], 'required'),
      fault(['email'], 'required'),
      fault(['note'], 'minLength'),
      fault(['floor'], 'type'),
      fault(['chairs', 0, 'kind'], 'type'),
      { ...fault([], 'rule'), message: 'The hall is full.' },
      { ...fault(['includeHistory'], 'type'), in: 'query' } as const,
    ];
    expect(open().render({ problem: 'invalid', violations }).body).toEqual({
      error: 'bad_request',
      message:
        'email is required. note must have at least 3 characters. floor must be valid. chairs[0].kind must be a string. The hall is full. includeHistory must be true or false.',
    });
  });

  it("puts the vendor's words, and the handler's, in the place of its own", () => {
    const { render } = open({
      refusals: { forbidden: () => ({ status: 418, error: 'no', sentences: ['Never.'] }) },
    });
    expect(render({ problem: 'forbidden' })).toMatchObject({
      status: 418,
      body: { error: 'no', message: 'Never.' },
    });
    expect(render({ problem: 'not-found', detail: 'No seat 7.' }).body).toHaveProperty(
      'message',
      'No seat 7.',
    );
  });

  it("gives every refusal the vendor's form", () => {
    const { render } = open({
      refuse: ({ sentences }, { problem }) => ({ body: { [problem]: [...sentences] } }),
    });
    expect(render({ problem: 'forbidden' })).toEqual({
      status: 403,
      body: { forbidden: ['This token may not do this.'] },
    });
  });
});

describe('encode', () => {
  const limits = [{ name: 'minute', limit: 9, windowMs: 60_000 }];

  it('writes JSON, and nothing at all where there is no body', () => {
    const { encode, read } = open();
    const { reading } = read(request(), takeSeat);
    expect(encode({ status: 200, body: { a: [1] } }, reading)).toEqual({
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: '{"a":[1]}',
    });
    expect(encode({ status: 204 }, reading)).toEqual({ headers: {}, body: '' });
  });

  it('tells the limit on every answer that knows the identity', () => {
    const { encode, read } = open({ limits });
    for (const [http, told] of [
      [request(), '6'],
      [request({ body: Buffer.from('{') }), '6'],
      [request({ headers: {} }), undefined],
    ] as const) {
      const { headers } = encode({ status: 200 }, read(http, takeSeat).reading);
      expect(headers['X-RateLimit-Remaining']).toBe(told);
    }
  });
});
