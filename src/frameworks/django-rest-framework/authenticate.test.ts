import { describe, expect, it } from 'vitest';
import { contextOf, requestOf, routeOf } from '../../../test/support/ibl-world.ts';
import { authenticate, isAllowed } from './authenticate.ts';

const section = {
  credentials: [
    { token: 'adm', role: 'dm-admin' },
    { token: 'ro', role: 'platform-admin', platform: 'p' },
    { token: 'zoë', role: 'dm-admin' },
  ],
};
const ask = (authorization: string, settings = {}) => {
  const { context, notes } = contextOf({ section, settings });
  return { ...authenticate(requestOf({ headers: { authorization } }), context), notes: [...notes] };
};

describe('a credential', () => {
  it.each([
    ['Api-Token adm', []],
    ['api-token adm', []],
    ['  API-TOKEN \t adm  ', []],
    ['Token adm', ['IBL-TOKEN-SCHEMES']],
    ['Api-Key adm', ['IBL-TOKEN-SCHEMES']],
  ])('IBL-TOKEN-SCHEMES: %j is taken by default', (authorization, notes) => {
    expect(ask(authorization)).toEqual({ name: 'adm', role: 'dm-admin', scope: undefined, notes });
  });

  it('confines a platform admin to their platform', () => {
    expect(ask('Api-Token ro')).toMatchObject({ role: 'platform-admin', scope: 'p' });
  });

  it('is read as UTF-8', () => {
    const latin = Buffer.from('zoë').toString('latin1');
    expect(ask(`Api-Token ${latin}`)).toMatchObject({ name: 'zoë' });
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'Authentication credentials were not provided.'],
    ['Bearer adm', 'Authentication credentials were not provided.'],
    ['adm', 'Authentication credentials were not provided.'],
    ['Api-Token', 'Invalid token header. No credentials provided.'],
    ['Api-Token a b', 'Invalid token header. Token string should not contain spaces.'],
    ['Api-Token \xff', 'Invalid token header. Token string should not contain invalid characters.'],
    ['Api-Token zz', 'Invalid token.'],
    ['Api-Token ADM', 'Invalid token.'],
    ['Api-Token __proto__', 'Invalid token.'],
  ])('%j', (authorization, detail) => {
    expect(ask(authorization)).toMatchObject({ problem: 'unauthenticated', detail });
  });

  it.each(['Token adm', 'Api-Key adm'])('IBL-TOKEN-SCHEMES: %s by api-token', (authorization) => {
    const settings = { 'IBL-TOKEN-SCHEMES': 'api-token' };
    expect(ask(authorization, settings)).toMatchObject({
      problem: 'unauthenticated',
      detail: 'Authentication credentials were not provided.',
    });
    expect(ask('Api-Token adm', settings)).toMatchObject({ name: 'adm' });
  });
});

describe('roles', () => {
  const admin = { name: 'adm', role: 'dm-admin', scope: undefined };
  const reader = { name: 'ro', role: 'platform-admin', scope: 'p' };
  const create = routeOf('createProgramLicense').operation;
  const update = routeOf('updateProgramLicense').operation;
  const list = routeOf('listProgramLicenses').operation;
  it.each([
    [admin, 'POST', create, true],
    [admin, 'DELETE', create, true],
    [admin, 'GET', list, true],
    [reader, 'POST', create, false],
    [reader, 'OPTIONS', create, false],
    [reader, 'POST', update, false],
    [reader, 'GET', list, true],
    [reader, 'HEAD', list, true],
    [reader, 'OPTIONS', list, true],
    [reader, 'POST', list, false],
  ])('%o %s %o: %s', (identity, method, operation, allowed) => {
    expect(isAllowed(identity, method, operation)).toBe(allowed);
  });
});
