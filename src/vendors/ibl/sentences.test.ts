import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../test/support/ibl-world.ts';
import type { OwnProblem } from '../../frameworks/django-rest-framework/facts.ts';
import type { Json } from '../../messages/json.ts';
import { conflict, renderOwn } from './sentences.ts';

describe('a refusal by a view', () => {
  it.each<[OwnProblem, number, Json]>([
    [conflict('No.'), 400, { error: 'No.' }],
    [{ problem: 'server-error' }, 500, { error: 'An unexpected error occurred.' }],
  ])('%o', (problem, status, body) => {
    expect(renderOwn(problem, contextOf().context)).toEqual({ status, body });
  });
});

describe('a refusal by the proxy', () => {
  it.each<[OwnProblem, number, string]>([
    [{ problem: 'too-large', limitBytes: 1 }, 413, 'nginx'],
    [{ problem: 'unavailable' }, 503, 'nginx'],
  ])('%o is a page', (problem, status, text) => {
    const reply = renderOwn(problem, contextOf().context);
    expect(reply).toMatchObject({ status, headers: { 'content-type': 'text/html' } });
    expect(reply.body).toContain(text);
  });
});
