import { describe, expect, it } from 'vitest';
import { contextOf, requestOf, routeOf } from '../../../test/support/ibl-world.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import { validate } from '../../vendors/ibl/validate.ts';
import { coerce } from './coerce.ts';
import { negotiate } from './negotiate.ts';
import { parseQueryDict } from './query-dict.ts';

function coerced(
  operationId: string,
  body: Json | undefined,
  text = '',
  numbers: Record<string, string> = {},
) {
  const { context, warnings, notes } = contextOf();
  const sent = { body, query: parseQueryDict(text) ?? {} };
  const route = routeOf(operationId);
  const written = new Map(Object.entries(numbers));
  const reading = { http: requestOf({}), route, identity: undefined, sent, content: undefined };
  const facts = { rowBehind: () => undefined, validate };
  const result = coerce(
    sent,
    { ...reading, accepted: negotiate(undefined), written },
    facts,
    context,
  );
  const said = warnings.map(({ path: [name], keyword }) => `${name} ${keyword}`);
  return { body: result.body, query: result.query, said, notes: [...notes] };
}

const field = (body: JsonObject) => coerced('createProgramLicense', body);

describe('a field', () => {
  it.each<[string, Json, Json, string]>([
    ['count', '7', 7, 'type'],
    ['count', ' 7.0 ', 7, 'type'],
    ['platform_id', '1_0', 10, 'type'],
    ['active', 'yes', true, 'type'],
    ['active', 'Off', false, 'type'],
    ['active', 1, true, 'type'],
    ['active', 0, false, 'type'],
    ['name', 5, '5', 'type'],
    ['name', 1e-7, '1e-07', 'type'],
    ['name', '  a ', 'a', 'tolerance'],
    ['external_id', 12, '12', 'type'],
    ['started', '2023-06-15T14:30:00', '2023-06-15T14:30:00Z', 'format'],
    ['expired', '2023-06-15 14:30', '2023-06-15T14:30:00Z', 'format'],
  ])('%s %j becomes %j with one warning', (name, given, value, keyword) => {
    expect(field({ [name]: given })).toMatchObject({
      body: { [name]: value },
      said: [`${name} ${keyword}`],
      notes: ['IBL-COERCIONS'],
    });
  });

  it.each<[string, Json]>([
    ['count', 7],
    ['count', 7.5],
    ['count', true],
    ['count', 'x'],
    ['count', null],
    ['count', []],
    ['active', true],
    ['active', 'maybe'],
    ['active', 2],
    ['active', null],
    ['active', {}],
    ['name', 'a'],
    ['name', true],
    ['name', null],
    ['name', ['a']],
    ['expired', null],
    ['started', '2023-06-15T14:30:00.123456+02:00'],
    ['started', 1686839400],
    ['metadata', 'x'],
    ['metadata', { a: ' 1 ' }],
  ])('%s %j stays as it is', (name, value) => {
    expect(field({ [name]: value })).toMatchObject({ body: { [name]: value }, said: [] });
  });

  it('IBL-DJANGO: is made a value that the schema refuses, where only the framework refuses it', () => {
    expect(field({ started: '2023-06-15' })).toMatchObject({
      body: { started: '' },
      said: [],
      notes: ['IBL-DJANGO'],
    });
    expect(field({ started: '2026-01-01T00:00:00z' })).toMatchObject({ body: { started: '' } });
  });

  it('is read as Python wrote it, where its value does not tell', () => {
    const numbers = { count: '7.0', platform_id: '1e+16', name: '1000.0' };
    const sent = { count: 7, platform_id: 1e16, name: 1000 };
    expect(coerced('createProgramLicense', sent, '', numbers).body).toEqual({
      count: 7,
      platform_id: '',
      name: '1000.0',
    });
  });

  it('is blank when there is only space in it, without a warning', () => {
    expect(field({ name: ' \t ' })).toMatchObject({ body: { name: '' }, said: [] });
  });

  it('that the operation lacks is dropped with a warning', () => {
    const sent = JSON.parse('{"name":"n","__proto__":{"a":1},"colour":"red"}') as JsonObject;
    const { body, said } = field(sent);
    expect(Object.keys(body as object)).toEqual(['name']);
    expect(said).toEqual(['__proto__ additionalProperties', 'colour additionalProperties']);
  });
});

it('a body of very many unknown fields gives a bounded number of warnings', () => {
  const sent = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]));
  const { body, said } = field({ name: 'n', ...sent });
  expect(body).toEqual({ name: 'n' });
  expect(said).toHaveLength(101);
});

it.each<Json>([null, 1, 'x', [1], true])('a body that is %j stays as it is', (body) => {
  expect(coerced('createProgramLicense', body)).toMatchObject({ body, said: [] });
});

describe('a query parameter', () => {
  it.each([
    ['page=3', { page: '3' }, []],
    ['page=%203.0', { page: '3' }, ['page type']],
    ['page=abc', { page: 'no integer' }, []],
    ['page=%20', { page: 'no integer' }, []],
    ['page=0x1', { page: 'no integer' }, []],
    ['page_size=3.0', {}, ['page_size type']],
    ['page_size=abc', {}, ['page_size type']],
    ['active=true', { active: 'true' }, []],
    ['active=0', { active: 'false' }, ['active type']],
    ['active=maybe', { active: 'maybe' }, []],
    ['name=', {}, ['name minLength']],
    ['page=', {}, ['page type']],
    ['name=%20a%20', { name: ' a ' }, []],
    ['page=1&page=2', { page: '2' }, ['page type']],
    ['colour=red&colour=blue', { colour: 'blue' }, ['colour type']],
    ['colour=', { colour: '' }, []],
  ])('%s', (query, result, said) => {
    expect(coerced('listProgramLicenses', undefined, query)).toMatchObject({ query: result, said });
  });
});
