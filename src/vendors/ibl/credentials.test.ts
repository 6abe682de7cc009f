import { describe, expect, it } from 'vitest';
import { contextOf, requestOf, routeOf } from '../../../test/support/ibl-world.ts';
import { authenticate } from '../../frameworks/django-rest-framework/authenticate.ts';
import { isPermitted, tokens } from './credentials.ts';

const section = {
  credentials: [
    { token: 'adm', role: 'dm-admin' },
    { token: 'ro', role: 'platform-admin', platform: 'p' },
  ],
};
const ask = (authorization: string, settings = {}) => {
  const { context, notes } = contextOf({ section, settings });
  const http = requestOf({ headers: { authorization } });
  return { ...authenticate(http, tokens, context), notes: [...notes] };
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

  it.each(['Token adm', 'Api-Key adm'])('IBL-TOKEN-SCHEMES: %s by api-token', (authorization) => {
    const settings = { 'IBL-TOKEN-SCHEMES': 'api-token' };
    expect(ask(authorization, settings)).toMatchObject({
      problem: 'unauthenticated',
      detail: 'Authentication credentials were not provided.',
    });
    expect(ask('Api-Token adm', settings)).toMatchObject({ name: 'adm' });
  });

  it.each([
    ['Bearer adm', 'Authentication credentials were not provided.'],
    ['Api-Token ADM', 'Invalid token.'],
    ['Api-Token __proto__', 'Invalid token.'],
  ])('is not %j', (authorization, detail) => {
    expect(ask(authorization)).toMatchObject({ problem: 'unauthenticated', detail });
  });

  it('confines a platform admin to their platform', () => {
    expect(ask('Api-Token ro')).toMatchObject({ role: 'platform-admin', scope: 'p' });
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
    expect(isPermitted(identity, method, operation)).toBe(allowed);
  });
});
