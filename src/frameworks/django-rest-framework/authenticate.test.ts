import { describe, expect, it } from 'vitest';
import { contextOf, requestOf } from '../../../test/support/ibl-world.ts';
import { authenticate } from './authenticate.ts';
import type { Tokens } from './facts.ts';

const tokens: Tokens<unknown> = {
  keyword: 'Token',
  isScheme: (scheme) => scheme === 'token',
  find: (token) =>
    ['adm', 'zoë'].includes(token) ? { name: token, role: 'admin', scope: undefined } : undefined,
};
const ask = (authorization: string) =>
  authenticate(requestOf({ headers: { authorization } }), tokens, contextOf().context);

describe('a token', () => {
  it.each(['Token adm', 'token adm', '  TOKEN \t adm  '])('%j is taken', (authorization) => {
    expect(ask(authorization)).toEqual({ name: 'adm', role: 'admin', scope: undefined });
  });

  it('is read as UTF-8', () => {
    const latin = Buffer.from('zoë').toString('latin1');
    expect(ask(`Token ${latin}`)).toMatchObject({ name: 'zoë' });
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'Authentication credentials were not provided.'],
    ['Bearer adm', 'Authentication credentials were not provided.'],
    ['adm', 'Authentication credentials were not provided.'],
    ['Token', 'Invalid token header. No credentials provided.'],
    ['Token a b', 'Invalid token header. Token string should not contain spaces.'],
    ['Token \xff', 'Invalid token header. Token string should not contain invalid characters.'],
    ['Token zz', 'Invalid token.'],
    ['Token ADM', 'Invalid token.'],
  ])('%j', (authorization, detail) => {
    expect(ask(authorization)).toEqual({ problem: 'unauthenticated', detail });
  });
});
