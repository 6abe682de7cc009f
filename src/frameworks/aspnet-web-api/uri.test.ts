import { describe, expect, it } from 'vitest';
import { bindUri, type UriParameter } from './uri.ts';

const id: UriParameter = { name: 'id', in: 'path', type: 'guid', isOptional: false };
const query = (name: string, type: UriParameter['type'], isOptional = true): UriParameter => ({
  name,
  in: 'query',
  type,
  isOptional,
});
const GUID = 'ea677d34-15bf-4074-97b1-5b9661e2b4d0';

describe('the path', () => {
  it('gives values that are not part of the query', () => {
    expect(bindUri('', { id: `{${GUID}}` }, [id])).toEqual({
      query: {},
      missing: [],
      unbound: [],
      tolerated: [],
    });
  });
  it('has values that do not bind', () => {
    expect(bindUri('', { id: '7' }, [id]).unbound).toMatchObject([{ in: 'path', path: ['id'] }]);
  });
});

describe('the query', () => {
  const parameters = [
    query('userId', 'guid', false),
    query('level', 'int'),
    query('withAll', 'boolean'),
    query('name', 'text'),
  ];
  const bind = (search: string) => bindUri(search, {}, parameters);

  it('is bound under the documented names, in documented forms', () => {
    const { query: bound, tolerated } = bind(
      `USERID=${GUID.toUpperCase()}&level=%230F&withAll=TRUE&name=a+b`,
    );
    expect(bound).toEqual({ userId: GUID, level: '15', withAll: 'true', name: 'a b' });
    expect(tolerated.map(({ path }) => path)).toEqual([['USERID']]);
  });
  it.each([
    ['', ['userId']],
    [`level=1`, ['userId']],
    [`userid=`, []],
    [`userId=x`, []],
  ])('%j lacks %j', (search, missing) => {
    expect(bind(search).missing).toEqual(missing);
  });
  it('has a value that does not bind where one is required', () => {
    const { unbound } = bind('userId=x');
    expect(unbound).toMatchObject([{ in: 'query', path: ['userId'] }]);
    expect(unbound[0]?.message).toContain("'userId' of non-nullable type 'System.Guid'");
    expect(bind('userId=').unbound).toHaveLength(1);
  });
  it('leaves an optional value out that does not bind, with a warning', () => {
    const { query: bound, tolerated, unbound } = bind(`userId=${GUID}&level=many&withAll=1`);
    expect(bound).toEqual({ userId: GUID });
    expect(unbound).toEqual([]);
    expect(tolerated).toHaveLength(2);
  });
  it('takes the first of several values, and ignores what it does not know', () => {
    const { query: bound, tolerated } = bind(`userId=${GUID}&level=1&LEVEL=2&colour=red`);
    expect(bound).toEqual({ userId: GUID, level: '1' });
    expect(tolerated.map(({ keyword }) => keyword)).toEqual(['duplicate', 'additionalProperties']);
  });
});
