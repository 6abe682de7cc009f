import { describe, expect, it } from 'vitest';
import { contextOf, requestOf, routeOf } from '../../../test/support/ibl-world.ts';
import type { HttpRequest } from '../../messages/message.ts';
import { djangoRestFramework } from './django-rest-framework.ts';

const identity = { name: 'adm', role: 'admin', scope: undefined };
const framework = djangoRestFramework<unknown>({
  tokens: {
    keyword: 'Token',
    isScheme: () => true,
    find: (token) => (token === 'adm' ? identity : undefined),
  },
  isOpen: () => false,
  isPermitted: (_identity, method) => method !== 'DELETE',
  viewClasses: {},
  rowBehind: () => undefined,
  validate: () => undefined,
  renderOwn: () => ({ status: 500 }),
});
const headers = { authorization: 'Token adm' };
const create = routeOf('createProgramLicense');
const read = (http: HttpRequest) =>
  framework.read(framework.open(http, create), contextOf().context);

describe('a reading', () => {
  it('holds query and body as they were sent', async () => {
    const http = requestOf({ headers, query: 'a=1&a=2', body: '{"name": 5}' });
    expect(await read(http)).toEqual({
      reading: {
        ...framework.open(http, create),
        identity,
        sent: { query: { a: ['1', '2'] }, body: { name: 5 } },
        written: new Map(),
      },
    });
  });

  it.each([
    ['unauthenticated', { headers: { authorization: 'Token x' } }, undefined],
    ['forbidden', { headers, method: 'DELETE' }, identity],
    ['wrong-method', { headers, method: 'PUT' }, identity],
    [
      'unsupported-media-type',
      { headers: { ...headers, 'content-type': 'x/y' }, body: 'x' },
      identity,
    ],
    ['unparsable', { headers, body: '{' }, identity],
  ])('at %s holds what was read until then', async (problem, parts, known) => {
    const result = await read(requestOf(parts));
    expect(result.problem?.problem).toBe(problem);
    expect(result.reading).toMatchObject({ identity: known, sent: undefined });
  });
});

it('words and writes a refusal before anything is read', () => {
  const opened = framework.open(requestOf({}), create);
  const reply = framework.render({ problem: 'not-found' }, opened, contextOf().context);
  expect(framework.encode(reply, opened).body).toBe('{"detail":"Not found."}');
});

it('reads a page back as its text, and no XML', () => {
  expect(framework.readReply('text/html', '<h1>')).toBe('<h1>');
  expect(framework.readReply('application/xml', '<a/>')).toBeUndefined();
});
