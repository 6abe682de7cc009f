/** Requests as clients may send them, right and wrong. */
import fc from 'fast-check';
import { contentOf, escape, type Content, type Writing } from './bodies.ts';
import { anyText, mostly } from './values.ts';

export type Sent = {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

const BASE = '/api/catalog/licenses';
const KINDS = ['program', 'program', 'platform', 'user', 'course'];
const SEATS = ['assignment', 'assignment/group'];

const queryValue = fc.oneof(
  fc.constantFrom(
    '',
    'true',
    'false',
    '1',
    '2',
    '99',
    '-1',
    '0',
    'abc',
    'last',
    'acme',
    'beta',
    'p1',
    'Spring',
    'emea',
  ),
  fc.constantFrom('null', 'None', 'yes', 'x y', '1.0', ' 2 ', '٣', '9999999999999999999999'),
  anyText,
);
const queryName = fc.constantFrom(
  'active',
  'external_id',
  'key',
  'name',
  'org',
  'page',
  'page_size',
  'platform_key',
  'platform_org',
  'program_id',
  'query',
  'source',
  'verbose',
  'region',
  'tier',
  'Active',
  'page[]',
  'license_id',
  'license_id',
  'assignment_id',
  'email',
  'fulfilled',
  'user_id',
  'group_id',
  'course_id',
  'remove_user_assignments',
);
const query = fc
  .array(fc.tuple(queryName, queryValue, fc.constantFrom('=', '=', '=', '')), { maxLength: 4 })
  .map((pairs) =>
    pairs.map(([name, value, sign]) => (sign ? `${name}=${escape(value)}` : name)).join('&'),
  );
const pages = fc
  .record({ page: fc.integer({ min: -1, max: 5 }), page_size: fc.integer({ min: -1, max: 120 }) })
  .map(({ page, page_size }) => `page=${page}&page_size=${page_size}`);

const accept = mostly<string | undefined>(
  fc.constantFrom(undefined, '*/*', 'application/json'),
  fc.constantFrom(
    'application/xml',
    'text/html',
    'application/*',
    'text/*',
    '',
    ' ',
    ',',
    'json',
    '*',
    'application',
  ),
  fc.constantFrom(
    'application/json; indent=2',
    'application/json;indent=9',
    'application/json; indent=x',
    'application/json; indent=-1',
    'application/json; q=0.5',
    'text/html, application/json;q=0.1',
    'application/json; charset=utf-8',
    'Application/Json',
    '*/*; indent=4',
    'application/json;indent="3"',
    'application/json ; indent= 3',
    'application/xml, */*; q=0',
    'application/json;q=0',
  ),
);
const authorization = mostly<string | undefined>(
  fc.constant('Api-Token adm'),
  fc.constantFrom('Api-Token ro', 'api-token adm', 'Token adm', 'Api-Key adm', 'TOKEN ro'),
  fc.constantFrom(
    undefined,
    '',
    'Bearer adm',
    'Api-Token',
    'Api-Token  adm',
    'Api-Token a b',
    'Api-Token zz',
    'Basic YTpi',
    'Api-Token\tadm',
    'adm',
    'Api-Token é',
    'Api-Token \u00ff',
  ),
);
const method = (usual: string) =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constant(usual) },
    fc.constantFrom(
      'GET',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'HEAD',
      'OPTIONS',
      'TRACE',
      'PROPFIND',
    ),
  );

const NOTHING: Content = { type: undefined, body: Buffer.alloc(0) };

function toSent(
  verb: string,
  path: string,
  { type, body }: Content,
  headers: { readonly accept: string | undefined; readonly authorization: string | undefined },
): Sent {
  const named = { 'content-type': type, ...headers };
  const given = Object.entries(named).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { method: verb, path, headers: Object.fromEntries(given), body };
}

const place = {
  create: fc.constantFrom(...KINDS).map((kind) => `${BASE}/${kind}/create`),
  update: fc.constantFrom(...KINDS).map((kind) => `${BASE}/${kind}/update`),
  list: fc.constantFrom(...KINDS).map((kind) => `${BASE}/${kind}`),
  seats: fc
    .tuple(fc.constantFrom('program', 'user', 'course'), fc.constantFrom(...SEATS))
    .map(([kind, seats]) => `${BASE}/${kind}/${seats}`),
};
const slash = mostly(fc.constant('/'), fc.constant(''), fc.constantFrom('//', '/x', '/x/'));
const headers = fc.record({ accept, authorization });

const writing = (kind: Writing) =>
  fc
    .tuple(
      method('POST'),
      kind === 'assign' ? place.seats : place[kind],
      slash,
      mostly(fc.constant(''), fc.constantFrom('?', '?a=1', '?b=x', '?format=json', '?format=xml')),
      contentOf(kind),
      headers,
    )
    .map(([verb, path, end, search, content, given]) =>
      toSent(verb, `${path}${end}${search}`, content, given),
    )
    // The mock takes no domains beyond ASCII.
    .filter(
      ({ body }) =>
        kind !== 'assign' ||
        !/(?:@|%40)[^",&]*(?:[\x80-\xff]|%[89a-f])/i.test(body.toString('latin1')),
    );
/** A request with a query that counts. */
const asking = (usual: string, path: fc.Arbitrary<string>, kind: Writing = 'assign') =>
  fc
    .tuple(
      // Whether a creation looks at its query is the vendor's own matter.
      method(usual).filter((verb) => verb !== 'POST'),
      path,
      mostly(fc.constant('/'), fc.constant('')),
      fc.oneof(
        query,
        pages,
        fc.tuple(pages, query).map((parts) => parts.join('&')),
      ),
      mostly(fc.constant(NOTHING), contentOf(kind)),
      headers,
    )
    .map(([verb, to, end, search, content, given]) =>
      toSent(verb, `${to}${end}${search === '' ? '' : `?${search}`}`, content, given),
    );
const many = fc
  .constantFrom(999, 1000, 1001)
  .map((count) => Array.from({ length: count }, (_, i) => `a${i % 7}=1`).join('&'));
const crowded = fc.oneof(
  many.map((search) =>
    toSent('GET', `${BASE}/program/?${search}`, NOTHING, {
      accept: undefined,
      authorization: 'Api-Token adm',
    }),
  ),
  many.map((body) =>
    toSent(
      'POST',
      `${BASE}/program/create/`,
      { type: 'application/x-www-form-urlencoded', body: Buffer.from(body) },
      { accept: undefined, authorization: 'Api-Token adm' },
    ),
  ),
);

/** Django reads the query in the charset of the body; the mock does not read one in UTF-16. */
const isQueryInUtf16 = ({ path, headers: sent }: Sent) =>
  path.includes('?') && /utf.?16/i.test(sent['content-type'] ?? '');

const anyRequest = fc.oneof(
  { weight: 30, arbitrary: writing('create') },
  { weight: 15, arbitrary: writing('update') },
  { weight: 15, arbitrary: writing('assign') },
  { weight: 15, arbitrary: asking('GET', place.list, 'update') },
  { weight: 8, arbitrary: asking('GET', place.seats) },
  { weight: 8, arbitrary: asking('DELETE', place.seats) },
  {
    weight: 4,
    arbitrary: asking('GET', fc.constant(`${BASE}/user/assignment/check`)),
  },
  { weight: 1, arbitrary: crowded },
);

export const request: fc.Arbitrary<Sent> = anyRequest.filter((sent) => !isQueryInUtf16(sent));
