/** For every refusal of every vendor: body, query and credentials are read once, and not again to word or encode it. */
import { describe, expect, it } from 'vitest';
import type { Context, Problem } from '../../src/frameworks/framework.ts';
import { findRoute } from '../../src/http/find-route.ts';
import type { SpecOperation } from '../../src/openapi/spec.ts';
import type { HttpRequest } from '../../src/messages/message.ts';
import { openVerification, serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';

const served = await serveSpecs({ specs: undefined }, vendors);
const { ledger } = await openVerification();

type Reads = Record<'body' | 'query' | 'credentials', number>;

const CREDENTIALS = /^(?:authorization|x-api-key)$/;

/** The request, and how often each of its parts was taken from it. */
function counted(request: HttpRequest) {
  const reads: Reads = { body: 0, query: 0, credentials: 0 };
  const headers = new Proxy(request.headers, {
    get(target, name) {
      if (CREDENTIALS.test(String(name))) reads.credentials += 1;
      return Reflect.get(target, name) as string;
    },
  });
  const http: HttpRequest = {
    ...request,
    headers,
    get body() {
      reads.body += 1;
      return request.body;
    },
    get query() {
      reads.query += 1;
      return request.query;
    },
  };
  return { http, reads };
}

function contextOf(vendor: Vendor): Context<unknown> {
  const idOf = (row: string) =>
    row.startsWith(`${vendor.ledgerPrefix}-`) ? row : `${vendor.ledgerPrefix}-${row}`;
  return {
    now: 0,
    profile: 'wire',
    config: vendor.scenario.configure(vendor.name === 'alice' ? { credentials: [KEY] } : {}),
    choose: (row) => ledger.defaults[idOf(row)] ?? '',
    note: () => {},
    warn: () => {},
    meter: () => ({ used: 1, resetsAt: 1_000 }),
  };
}

const KEY = { header: 'X-Api-Key', token: 'good' };
const KINDS: readonly Problem[] = [
  { problem: 'unknown-path' },
  { problem: 'wrong-method', methods: ['POST'] },
  { problem: 'unauthenticated' },
  { problem: 'forbidden' },
  { problem: 'unsupported-media-type', mediaType: 'a/b' },
  { problem: 'not-acceptable' },
  { problem: 'unparsable' },
  { problem: 'too-large', limitBytes: 1 },
  {
    problem: 'invalid',
    violations: [{ in: 'body', path: ['name'], keyword: 'type', message: 'x' }],
  },
  { problem: 'not-found' },
  {
    problem: 'conflict',
    violations: [{ in: 'body', path: [], keyword: 'rule', message: 'x' }],
  },
  { problem: 'rate-limited', retryAfterSeconds: 1 },
  { problem: 'server-error' },
  { problem: 'unavailable' },
];

const credentials: Readonly<Record<string, Record<string, string>>> = {
  ibl: { authorization: 'Api-Token dm-admin' },
  'thought-industries': { authorization: 'Bearer ti-key' },
  alice: { 'x-api-key': 'good' },
};

const json = { 'content-type': 'application/json' };
const variants: Readonly<Record<string, Partial<Omit<HttpRequest, 'body'>> & { body?: string }>> = {
  'as documented': {},
  'without credentials': { headers: json },
  'with wrong credentials': {
    headers: { ...json, authorization: 'Api-Token wrong', 'x-api-key': 'wrong' },
  },
  'with broken JSON': { body: '{"name":' },
  'with broken XML': { body: '<LicenseRequest', headers: { 'content-type': 'application/xml' } },
  'with a form': {
    body: 'name=a&count=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  },
  'with another media type': { headers: { 'content-type': 'application/pdf' } },
  'with wrong types': { body: '{"name":[],"Name":[],"AvailableSeats":"x","count":"x"}' },
  'with a list for a body': { body: '[]' },
  'without a body': { body: '' },
  'by another method': { method: 'PATCH' },
  'by HEAD': { method: 'HEAD' },
  'by OPTIONS': { method: 'OPTIONS' },
  'for what cannot be had': { headers: { ...json, accept: 'image/png' } },
  'with a wrong query': { query: 'page=x&page=y&active=maybe' },
};

/** What the query cannot do without, with the values that the spec shows. */
function requiredQuery({ request }: SpecOperation['prism']): string {
  const required = (request?.query ?? []).filter((parameter) => parameter.required === true);
  const query = new URLSearchParams();
  for (const { name, schema } of required) {
    const { examples = [] } = (schema ?? {}) as { readonly examples?: readonly unknown[] };
    query.set(name, String(examples[0] ?? 'x'));
  }
  return query.toString();
}

describe.each(served)('$vendor.name', ({ vendor, spec, paths }) => {
  const requests = spec.operations.flatMap(({ operation, prism }) =>
    Object.entries(variants).map(([name, variant]) => ({
      name,
      operation,
      variant,
      query: requiredQuery(prism),
      // Who is asked for no credentials need not show that none are read.
      isOpen: (prism.security ?? []).length === 0,
    })),
  );

  it.each(requests)('$operation.id $name', async ({ operation, variant, query, isOpen }) => {
    const { http, reads } = counted({
      method: operation.method,
      path: operation.path,
      query,
      baseUrl: 'http://127.0.0.1',
      ...variant,
      headers: {
        ...(variant.headers?.['authorization'] === undefined &&
          variant.headers !== json &&
          credentials[vendor.name]),
        ...json,
        ...variant.headers,
      },
      body: Buffer.from(variant.body ?? '{"name":"a","Name":"a"}'),
    });
    const raw = { ...http, origin: '', isTooLarge: false };
    const { found } = findRoute(raw, '', { vendor, spec, paths });
    for (const part of ['body', 'query', 'credentials'] as const) reads[part] = 0;

    const { framework } = vendor;
    const context = contextOf(vendor);
    const opened = framework.open(http, found?.route);
    const result = await framework.read(opened, context);
    expect(reads.body).toBeLessThanOrEqual(1);
    expect(reads.query).toBeLessThanOrEqual(1);
    expect(reads.credentials).toBeLessThanOrEqual(1);

    const read = { ...reads };
    // Else a part that is never read would pass for one that is read once.
    const isPlain = Object.keys(variant).length === 0;
    const expected = { ...(!isOpen && { credentials: 1 }), body: operation.body ? 1 : 0 };
    expect(read).toMatchObject(isPlain ? expected : {});
    const { sent } = result.reading;
    const content = sent && framework.coerce(sent, result.reading, context);
    const reading = { ...result.reading, content };
    const own = result.problem ? [result.problem] : [];
    for (const problem of [...own, ...KINDS]) {
      framework.encode(framework.render(problem, reading, context), reading);
    }
    if (result.reply) framework.encode(result.reply, reading);
    expect(reads).toEqual(read);
  });
});
