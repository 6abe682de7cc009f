import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createLedger } from '../ledger/ledger.ts';
import { fillStep } from './fill-step.ts';
import { countRequests, loadProbes } from './probe.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'probes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const row = (id: string, extra: object = {}) => ({
  id,
  vendor: 'ibl',
  operations: [],
  title: 'A row',
  sources: [{ source: 'docs', says: 'one thing' }],
  mock: 'does it',
  evidence: 'assumed' as const,
  date: '2026-11-21',
  ...extra,
});
const ledger = createLedger([row('X-A'), row('X-N', { number: { default: 2, min: 1, max: 9 } })]);

function load(probes: unknown, file: object = {}) {
  const name = path.join(folder, 'ibl.yaml');
  writeFileSync(name, JSON.stringify({ vendor: 'ibl', probes, ...file }, null, 2));
  return loadProbes(name, ledger);
}

const ask = { ask: 'GET /x' };

it.each([
  { probes: [{ row: 'X-Z', steps: [ask] }], says: 'X-Z is not a ledger row of ibl' },
  {
    probes: [
      { row: 'X-A', steps: [ask] },
      { row: 'X-A', steps: [ask] },
    ],
    says: 'has two probes',
  },
  { probes: [{ row: 'X-A', steps: [{ send: 'GET /x' }] }], says: 'steps' },
  { probes: [{ row: 'X-A', steps: [{ ask: 'LOOK /x' }] }], says: 'ask' },
  { probes: [{ row: 'X-A' }], says: 'steps' },
  { probes: [{ row: 'X-A', steps: [{ ask: 'GET /{id}' }] }], says: 'has the value of {id}' },
  { probes: [{ row: 'X-A', steps: [{ ...ask, body: 'none' }] }], says: 'no body "none"' },
  {
    probes: [{ row: 'X-A', steps: [{ ...ask, creates: 'none' }] }],
    says: '"creates" does not name',
  },
  { probes: [{ row: 'X-N', steps: [ask] }], says: 'takes a number' },
  { probes: [{ row: 'X-A', number: 'a', steps: [ask] }], says: 'takes no number' },
])('refuses a file where a probe $says', ({ probes, says }) => {
  expect(() => load(probes)).toThrow(says);
});

it('knows a value that an earlier step keeps, and the parameters', () => {
  const steps = [{ send: 'POST /x', keep: { id: 'id' } }, { ask: 'GET /x/{id}?of={platform}' }];
  const parameters = { platform: { default: 'acme', about: 'A platform.' } };
  expect(load([{ row: 'X-A', steps }], { parameters }).probes).toHaveLength(1);
});

it('counts every request of a probe, and the removal of what it creates', () => {
  const steps = [{ send: 'POST /x', repeat: 3, creates: 'license' }, ask];
  expect(countRequests({ row: 'X-A', steps })).toBe(7);
});

it('fills placeholders in path, headers and body', () => {
  const step = {
    ask: 'POST /x/{id}',
    body: 'license',
    with: { count: 2 },
    without: ['end'],
    headers: { 'X-Name': '{run}' },
    credentials: 'Token {credential}',
  };
  const bodies = { license: { name: '{run}', end: 'never', tags: ['{id}'] } };
  const values = { id: 'a b', run: 'r', credential: 'secret' };
  expect(fillStep(step, values, bodies)).toEqual({
    method: 'POST',
    path: '/x/a%20b',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-name': 'r',
      authorization: 'Token secret',
    },
    body: '{"name":"r","tags":["a b"],"count":2}',
    hasCredentials: false,
  });
});
