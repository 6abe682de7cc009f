import { describe, expect, it } from 'vitest';
import { contextOf, requestOf, routeOf } from '../../../test/support/ibl-world.ts';
import type { Problem } from '../framework.ts';
import type { Json } from '../../messages/json.ts';
import type { Violation } from '../../messages/message.ts';
import type { DjangoFacts, DjangoReading } from './facts.ts';
import { negotiate } from './negotiate.ts';
import { parseQueryDict } from './query-dict.ts';
import { render } from './render.ts';

const facts: DjangoFacts<unknown> = {
  tokens: { keyword: 'Token', isScheme: () => false, find: () => undefined },
  isOpen: () => false,
  isPermitted: () => true,
  viewClasses: {},
  rowBehind: () => undefined,
  validate: (field, value) => (field === 'count' && value === -1 ? 'too small' : undefined),
  renderOwn: ({ problem }) => ({ status: 500, body: { own: problem } }),
};

function worded(problem: Problem, body?: Json, operationId = 'createProgramLicense', text = '') {
  const reading: DjangoReading = {
    http: requestOf({}),
    route: routeOf(operationId),
    identity: undefined,
    sent: { body, query: parseQueryDict(text) ?? {} },
    content: undefined,
    accepted: negotiate(undefined),
  };
  return render(problem, reading, facts, contextOf().context);
}

const broken = (field: string | undefined, keyword: string, message = 'ours'): Violation => ({
  in: 'body',
  path: field === undefined ? [] : [field],
  keyword,
  message,
});

describe('a wrong field', () => {
  const wrong =
    'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].';
  it.each<[string, Json, string, string]>([
    ['name', null, 'type', 'This field may not be null.'],
    ['name', '', 'minLength', 'This field may not be blank.'],
    ['name', ' \t', 'minLength', 'This field may not be blank.'],
    ['name', true, 'type', 'Not a valid string.'],
    ['name', ['a'], 'type', 'Not a valid string.'],
    ['name', 5, 'type', 'Not a valid string.'],
    ['name', 'a\u0000', 'pattern', 'Null characters are not allowed.'],
    ['name', 'a\udc00', 'pattern', 'Surrogate characters are not allowed: U+DC00.'],
    ['count', null, 'type', 'This field may not be null.'],
    ['count', true, 'type', 'A valid integer is required.'],
    ['count', 'x', 'type', 'A valid integer is required.'],
    ['count', 7.5, 'type', 'A valid integer is required.'],
    ['count', '9'.repeat(1001), 'type', 'String value too large.'],
    ['count', -1, 'type', 'too small'],
    ['count', '-1', 'type', 'too small'],
    ['active', 'maybe', 'type', 'Must be a valid boolean.'],
    ['active', null, 'type', 'This field may not be null.'],
    ['started', '2023-06-15', 'format', wrong],
    ['started', 1686839400, 'type', wrong],
    ['expired', [], 'type', wrong],
    ['expired', '0001-01-01T00:00:00+01:00', 'format', 'Datetime value out of range.'],
    ['metadata', 'x', 'type', 'Expected a dictionary of items but got type "str".'],
    ['metadata', [1], 'type', 'Expected a dictionary of items but got type "list".'],
    ['metadata', 1.5, 'type', 'Expected a dictionary of items but got type "float".'],
    ['metadata', null, 'type', 'This field may not be null.'],
    ['platform_key', 'x', 'reference', 'Object with platform_key=x does not exist.'],
    ['platform_id', 9, 'reference', 'Invalid pk "9" - object does not exist.'],
    ['name', ' a', 'tolerance', 'ours'],
    ['name', 'a', 'rule', 'ours'],
    ['colour', 'red', 'additionalProperties', 'ours'],
  ])('%s %j, %s: %s', (field, value, keyword, sentence) => {
    const problem = { problem: 'invalid', violations: [broken(field, keyword)] } as const;
    expect(worded(problem, { [field]: value })).toEqual({
      status: 400,
      body: { [field]: [sentence] },
    });
  });

  it('has the message of each validator of a text', () => {
    const problem = { problem: 'invalid', violations: [broken('name', 'pattern')] } as const;
    expect(worded(problem, { name: '\u0000\udc00' }).body).toEqual({
      name: ['Null characters are not allowed.', 'Surrogate characters are not allowed: U+DC00.'],
    });
  });

  it('comes in the order of the schema, once, and after it what the schema lacks', () => {
    const violations = [
      broken('colour', 'additionalProperties'),
      broken('started', 'required'),
      broken('name', 'minLength'),
      broken('name', 'pattern'),
      broken('platform_key', 'type'),
    ];
    const { body } = worded({ problem: 'invalid', violations }, { name: '', platform_key: null });
    expect(Object.entries(body as object)).toEqual([
      ['platform_key', ['This field may not be null.']],
      ['name', ['This field may not be blank.']],
      ['started', ['This field is required.']],
      ['colour', ['ours']],
    ]);
  });
});

describe('a body that is no object', () => {
  it.each<[Json, string]>([
    [[], 'Invalid data. Expected a dictionary, but got list.'],
    ['x', 'Invalid data. Expected a dictionary, but got str.'],
    [1, 'Invalid data. Expected a dictionary, but got int.'],
    [1.5, 'Invalid data. Expected a dictionary, but got float.'],
    [false, 'Invalid data. Expected a dictionary, but got bool.'],
    [null, 'No data provided'],
  ])('%j', (body, sentence) => {
    const problem = { problem: 'invalid', violations: [broken(undefined, 'type')] } as const;
    expect(worded(problem, body)).toEqual({
      status: 400,
      body: { non_field_errors: [sentence] },
    });
  });
});

it('a wrong query parameter is worded like a field', () => {
  const violations: Violation[] = [
    { in: 'query', path: ['page'], keyword: 'type', message: 'ours' },
    { in: 'query', path: ['active'], keyword: 'type', message: 'ours' },
    { in: 'query', path: ['name'], keyword: 'minLength', message: 'ours' },
  ];
  const reply = worded(
    { problem: 'invalid', violations },
    undefined,
    'listProgramLicenses',
    'page=x&active=y&name=',
  );
  expect(reply.body).toEqual({
    page: ['A valid integer is required.'],
    active: ['Must be a valid boolean.'],
    name: ['This field may not be blank.'],
  });
});

describe('any other refusal', () => {
  it.each<[Problem, number, Json]>([
    [{ problem: 'wrong-method', methods: ['POST'] }, 405, { detail: 'Method "POST" not allowed.' }],
    [
      { problem: 'unauthenticated' },
      401,
      { detail: 'Authentication credentials were not provided.' },
    ],
    [
      { problem: 'forbidden' },
      403,
      { detail: 'You do not have permission to perform this action.' },
    ],
    [
      { problem: 'unsupported-media-type', mediaType: 'text/plain; charset=x' },
      415,
      { detail: 'Unsupported media type "text/plain; charset=x" in request.' },
    ],
    [
      { problem: 'unsupported-media-type', mediaType: undefined },
      415,
      { detail: 'Unsupported media type "" in request.' },
    ],
    [
      { problem: 'not-acceptable' },
      406,
      { detail: 'Could not satisfy the request Accept header.' },
    ],
    [
      { problem: 'unparsable', detail: 'JSON parse error - x' },
      400,
      { detail: 'JSON parse error - x' },
    ],
    [{ problem: 'not-found' }, 404, { detail: 'Not found.' }],
    [{ problem: 'not-found', detail: 'Invalid page.' }, 404, { detail: 'Invalid page.' }],
    [
      { problem: 'rate-limited', retryAfterSeconds: 31.2 },
      429,
      { detail: 'Request was throttled. Expected available in 32 seconds.' },
    ],
    [
      { problem: 'rate-limited', retryAfterSeconds: 1 },
      429,
      { detail: 'Request was throttled. Expected available in 1 second.' },
    ],
  ])('%o', (problem, status, body) => {
    expect(worded(problem)).toMatchObject({ status, body });
  });

  it.each<Problem>([
    { problem: 'conflict', violations: [broken(undefined, 'rule', 'No.')] },
    { problem: 'server-error' },
    { problem: 'too-large', limitBytes: 1 },
    { problem: 'unavailable' },
  ])('$problem is worded by the project', (problem) => {
    expect(worded(problem).body).toEqual({ own: problem.problem });
  });

  it('unknown-path is a page', () => {
    const reply = worded({ problem: 'unknown-path' });
    expect(reply).toMatchObject({ status: 404, headers: { 'content-type': 'text/html' } });
    expect(reply.body).toContain('Not Found');
  });
});
