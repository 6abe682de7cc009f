/** Tests the framework with a model made for this test, so that it is shown to need no vendor's facts. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../messages/json.ts';
import type { HttpRequest, Violation, Warning } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import type { Context } from '../framework.ts';
import { aspNetWebApi } from './aspnet-web-api.ts';
import type { WebApiFacts, WebApiReading } from './facts.ts';
import { createModel } from './model.ts';
import { createContract } from './xml/data-contract.ts';

const framework = aspNetWebApi({
  identify: ({ headers }) =>
    headers['key'] === 'good' ? { name: 'good', role: 'user', scope: undefined } : undefined,
  actions: {
    orderSeats: {
      argument: {
        parameter: 'order',
        model: createModel({
          name: 'SeatOrder',
          namespace: 'Shop.Orders',
          fields: [
            { name: 'Count', type: 'int', isList: false, isNullable: false },
            { name: 'Room', type: 'text', isList: false, isNullable: true },
          ],
        }),
        onNull: { type: 'System.NullReferenceException', message: 'Object reference not set.' },
      },
      answers: [
        createContract({
          name: 'Receipt',
          namespace: 'Shop.Answers',
          members: [
            { name: 'Message', kind: 'text' },
            { name: 'IsPaid', kind: 'boolean' },
          ],
        }),
      ],
    },
  },
  controllers: ['Orders'],
  unserved: { path: /^\/api\/refunds$/, row: 'SHOP-REFUNDS' },
} satisfies WebApiFacts<unknown>);

const route = (id: string): Route =>
  ({ operation: { id }, methods: ['POST'], parameters: {} }) as unknown as Route;
const post = (sent: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  path: '/api/orders/seats',
  query: '',
  headers: { key: 'good', 'content-type': 'application/json' },
  body: Buffer.from('{"Count":1}'),
  baseUrl: 'http://localhost',
  ...sent,
});

function createContext(detail = 'never') {
  const warnings: Warning[] = [];
  const rows = new Set<string>();
  const context: Context<unknown> = {
    now: 0,
    profile: 'wire',
    config: {},
    choose: () => detail,
    note: (row) => void rows.add(row),
    warn: (warning) => void warnings.push(warning),
    meter: () => ({ used: 1, resetsAt: 0 }),
  };
  return { context, warnings, rows };
}

async function readOf(http: HttpRequest, at: Route | undefined = route('orderSeats')) {
  const { context, ...seen } = createContext();
  return { ...(await framework.read(framework.open(http, at), context)), ...seen, context };
}

describe('reading', () => {
  it.each<[string, HttpRequest, string]>([
    ['the method', post({ method: 'GET', headers: {}, body: Buffer.alloc(0) }), 'wrong-method'],
    ['credentials', post({ headers: {}, body: Buffer.alloc(0) }), 'unauthenticated'],
    ['no body', post({ headers: { key: 'good' }, body: Buffer.alloc(0) }), 'server-error'],
    ['the media type', post({ headers: { key: 'good' } }), 'unsupported-media-type'],
    ['the text', post({ body: Buffer.from('{"Count":') }), 'invalid'],
  ])('judges %s in its turn', async (_, http, problem) => {
    expect(await readOf(http)).toMatchObject({ problem: { problem } });
  });

  it('begins with the path', async () => {
    const found = await framework.read(framework.open(post(), undefined), createContext().context);
    expect(found.problem).toEqual({ problem: 'unknown-path' });
  });

  it('keeps who asked where the body is refused', async () => {
    const { reading } = await readOf(post({ body: Buffer.from('{') }));
    expect(reading).toMatchObject({ identity: { name: 'good' }, sent: undefined });
  });

  it('reads no body for an operation without an action', async () => {
    const { reading, problem } = await readOf(
      post({ body: Buffer.from('{') }),
      route('listOrders'),
    );
    expect(problem).toBeUndefined();
    expect(reading.sent).toEqual({ query: {}, body: undefined });
  });

  it.each<[string, Partial<HttpRequest>, boolean]>([
    ['an unknown path', {}, false],
    ['a wrong method', { method: 'PUT' }, true],
    ['no credential', { headers: {} }, true],
    ['no media type', { headers: { key: 'good' } }, true],
    ['a broken body', { body: Buffer.from('{"Count":') }, true],
    ['a wrong value', {}, true],
  ])('of %s takes bytes and query once at most', async (_, sent, isKnown) => {
    const taken = { body: 0, query: 0 };
    const plain = post({ body: Buffer.from('{"Count":"x"}'), ...sent });
    const http: HttpRequest = {
      ...plain,
      get body() {
        taken.body += 1;
        return plain.body;
      },
      get query() {
        taken.query += 1;
        return 'page=2';
      },
    };
    const at = isKnown ? route('orderSeats') : undefined;
    const { context } = createContext('always');
    const { reading, problem } = await framework.read(framework.open(http, at), context);
    const violations: Violation[] = [{ in: 'body', path: ['Count'], keyword: 'type', message: '' }];
    const reply = framework.render(problem ?? { problem: 'invalid', violations }, reading, context);
    framework.encode(reply, reading);
    expect(taken).toEqual({ body: expect.any(Number) as number, query: 1 });
    expect(taken.body).toBeLessThanOrEqual(1);
  });
});

describe('binding', () => {
  const coerced = async (http: HttpRequest) => {
    const { reading, context, warnings, rows } = await readOf(http);
    const sent = reading.sent ?? { query: {}, body: undefined };
    return { ...framework.coerce(sent, reading, context), warnings, rows };
  };

  it('goes by the class of the operation', async () => {
    const { body, warnings, rows } = await coerced(
      post({ body: Buffer.from('{"count":"3","Room":7}') }),
    );
    expect(body).toEqual({ Count: 3, Room: '7' });
    expect(warnings).toHaveLength(3);
    expect([...rows]).toEqual(['NAMES', 'VALUE-FORMS']);
  });

  it('takes the name and the namespace of the class in XML', async () => {
    const headers = { key: 'good', 'content-type': 'text/xml' };
    const xml = (namespace: string) =>
      post({
        headers,
        body: Buffer.from(
          `<SeatOrder xmlns="http://schemas.datacontract.org/2004/07/${namespace}"><Count>3</Count><Room>a</Room></SeatOrder>`,
        ),
      });
    expect((await coerced(xml('Shop.Orders'))).body).toEqual({ Count: 3, Room: 'a' });
    expect(await readOf(xml('Shop.Other'))).toMatchObject({ problem: { problem: 'invalid' } });
  });

  it('reports under the name of the parameter', async () => {
    const { reading } = await readOf(post({ body: Buffer.from('{"count":"x"}') }));
    const violations: Violation[] = [{ in: 'body', path: ['Count'], keyword: 'type', message: '' }];
    const answer = (detail: string) =>
      framework.render({ problem: 'invalid', violations }, reading, createContext(detail).context);
    expect(answer('never').body).toMatchObject({
      ModelState: { 'order.count': ['An error has occurred.'] },
    });
    expect(answer('always').body).toMatchObject({
      ModelState: { 'order.count': [`"x" cannot be converted to System.Int32. Path 'Count'.`] },
    });
  });
});

describe('answers', () => {
  const opened = (headers: Readonly<Record<string, string>>): WebApiReading =>
    framework.open(post({ headers }), route('orderSeats'));
  const encoded = (body: Json) =>
    framework.encode({ status: 200, body }, opened({ accept: 'text/xml' }));

  it('are of the described class, or an error', () => {
    const receipt = { Message: 'paid', IsPaid: true };
    const { body } = encoded(receipt);
    expect(body).toBe(
      '<Receipt xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/Shop.Answers"><IsPaid>true</IsPaid><Message>paid</Message></Receipt>',
    );
    expect(framework.readReply('text/xml', String(body))).toEqual(receipt);
    expect(encoded({ Message: 'm' }).body).toBe('<Error><Message>m</Message></Error>');
  });

  it('in another media type than XML are read as they are', () => {
    expect(framework.readReply('text/plain', '<')).toBe('<');
    expect(framework.readReply('application/xml', '<')).toBeUndefined();
  });

  it('name what the action throws without a body, and the type that no formatter reads', () => {
    const detailed = createContext('always').context;
    const reading = opened({});
    expect(
      framework.render({ problem: 'server-error', detail: 'null argument' }, reading, detailed)
        .body,
    ).toMatchObject({ ExceptionMessage: 'Object reference not set.' });
    expect(
      framework.render({ problem: 'unsupported-media-type', mediaType: 'a/b' }, reading, detailed)
        .body,
    ).toMatchObject({ ExceptionMessage: expect.stringContaining(`'SeatOrder'`) as string });
  });

  it.each([
    ['/api/orders/other', `No action was found on the controller 'Orders'`, []],
    ['/api/others', `No type was found that matches the controller named 'others'`, []],
    ['/elsewhere', 'No route data was found', []],
    ['/api/refunds', 'No type was found', ['SHOP-REFUNDS']],
  ])('explain why there is no %s', (path, detail, rows) => {
    const { context, rows: noted } = createContext('always');
    const reading = framework.open(post({ path, query: 'a=1' }), undefined);
    const { body } = framework.render({ problem: 'unknown-path' }, reading, context);
    expect(body).toMatchObject({
      Message: `No HTTP resource was found that matches the request URI 'http://localhost${path}?a=1'.`,
      MessageDetail: expect.stringContaining(detail) as string,
    });
    expect([...noted]).toEqual(['NOT-FOUND', ...rows]);
  });
});
