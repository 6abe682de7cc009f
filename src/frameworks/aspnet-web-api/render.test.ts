import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import { licenseRequest } from '../../vendors/alice/license-request.ts';
import type { Context, Problem } from '../framework.ts';
import { aspNetWebApi } from './aspnet-web-api.ts';

const http: HttpRequest = {
  method: 'POST',
  path: '/api/licenses/add',
  query: '',
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{}'),
  baseUrl: 'http://localhost',
};
const route = { operation: { id: 'addLicense' }, methods: ['POST'] } as unknown as Route;
const framework = aspNetWebApi({
  identify: () => undefined,
  actions: {
    addLicense: {
      argument: {
        parameter: 'request',
        model: licenseRequest,
        onNull: { type: 'T', message: 'm' },
      },
      answers: [],
    },
  },
  controllers: ['Licenses'],
  unserved: { path: /^\/api\/elsewhere$/, row: 'ELSEWHERE' },
});

function renderPlainly(problem: Problem) {
  const noted: string[] = [];
  const context = {
    choose: () => 'never',
    note: (row: string) => void noted.push(row),
  } as unknown as Context<unknown>;
  return { ...framework.render(problem, framework.open(http, route), context), noted };
}

describe('what only an override brings about', () => {
  it('ALICE-UNAVAILABLE: a rate limit and an outage are a 503', () => {
    const body = { Message: 'The service is unavailable.' };
    const noted = ['UNAVAILABLE'];
    expect(renderPlainly({ problem: 'rate-limited', retryAfterSeconds: 30 })).toEqual({
      status: 503,
      headers: { 'retry-after': '30' },
      body,
      noted,
    });
    expect(renderPlainly({ problem: 'unavailable' })).toEqual({
      status: 503,
      headers: {},
      body,
      noted,
    });
  });

  it('ALICE-CREDENTIALS: what is forbidden is a 401 like what is unauthenticated', () => {
    expect(renderPlainly({ problem: 'forbidden' })).toEqual(
      renderPlainly({ problem: 'unauthenticated' }),
    );
  });

  it.each<[Problem, number]>([
    [{ problem: 'not-found' }, 404],
    [{ problem: 'not-acceptable' }, 400],
    [{ problem: 'unparsable' }, 400],
    [{ problem: 'server-error' }, 500],
  ])('%j is a %d', (problem, status) => {
    expect(renderPlainly(problem)).toMatchObject({
      status,
      body: { Message: expect.any(String) as string },
    });
  });

  it('a conflict is worded by its own sentences', () => {
    const violation = {
      in: 'body',
      path: ['Name'],
      keyword: 'rule',
      message: 'It is taken.',
    } as const;
    expect(renderPlainly({ problem: 'conflict', violations: [violation] }).body).toEqual({
      Message: 'The request is invalid.',
      ModelState: { 'request.Name': ['It is taken.'] },
    });
  });
});
