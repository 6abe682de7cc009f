/** One provider state, reached in every way; several of them; contradictory ones. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLicenseMock, type LicenseMock, type Sandbox } from '../../src/index.ts';
import { LIST } from './pacts.ts';

let mock: LicenseMock;
beforeAll(async () => {
  mock = await startLicenseMock({ scenario: 'empty' });
});
afterAll(() => mock.stop());

const authorization = 'Api-Token dm-admin';

async function licensesOf({ url }: Pick<Sandbox, 'url'>): Promise<readonly string[]> {
  const answer = await fetch(`${url}${LIST}`, { headers: { authorization } });
  const { results } = (await answer.json()) as { results: readonly { external_id: string }[] };
  return results.map((license) => license.external_id).toSorted();
}

function enter(sandbox: string, body: object): Promise<Response> {
  return fetch(`${mock.url}/_mock/provider-states?sandbox=${sandbox}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const state = 'a program license exists';

describe('a provider state', () => {
  it('is entered by a verifier, which gets its values, defaults included', async () => {
    const sandbox = await mock.createSandbox('by-verifier');
    const answer = await enter('by-verifier', {
      state,
      params: { externalId: 'a' },
      action: 'setup',
    });
    expect(await answer.json()).toMatchObject({ externalId: 'a', count: 100, licenseId: 1 });
    expect(await licensesOf(sandbox)).toEqual(['a']);
    await enter('by-verifier', { state, params: { externalId: 'a' }, action: 'teardown' });
    expect(await licensesOf(sandbox)).toEqual([]);
  });

  it('is what a sandbox starts from', async () => {
    const answer = await fetch(`${mock.url}/_mock/sandboxes/by-put`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scenario: 'program-license', params: { externalId: 'b' } }),
    });
    expect(await licensesOf((await answer.json()) as Sandbox)).toEqual(['b']);
  });

  it('is entered from a test', async () => {
    const sandbox = await mock.createSandbox('by-test');
    expect(await sandbox.providerState(state, { externalId: 'c' })).toMatchObject({ licenseId: 1 });
    expect(await licensesOf(sandbox)).toEqual(['c']);
  });

  it('is what a mock starts from', async () => {
    const other = await startLicenseMock({ scenario: 'program-license' });
    expect(await licensesOf(other)).toEqual(['PO-2026-0042']);
    await other.stop();
  });

  it('takes values that a client library turned into another type by the declared one', async () => {
    const sandbox = await mock.sandbox('turned');
    expect(await sandbox.providerState(state, { externalId: 42, count: '5' })).toMatchObject({
      externalId: '42',
      count: 5,
    });
    expect(await licensesOf(sandbox)).toEqual(['42']);
    await expect(sandbox.providerState(state, { count: '007' })).rejects.toThrow(
      '{count}: "007" must be integer',
    );
    await expect(sandbox.providerState(state, { count: '4.5' })).rejects.toThrow('must be integer');
  });

  it('takes values of the declared types alone', async () => {
    const sandbox = await mock.createSandbox('typed');
    await expect(sandbox.providerState(state, { count: 'many' })).rejects.toMatchObject({
      code: 'broken-scenario',
      status: 422,
      pointer: '#/params/count',
      message: expect.stringContaining('{count}: "many" must be integer'),
    });
    await expect(sandbox.providerState(state, { count: -1 })).rejects.toThrow('must be >= 0');
    await expect(sandbox.providerState(state, { seats: 1 })).rejects.toThrow(
      'uses the parameter {seats}',
    );
  });
});

describe('several provider states', () => {
  it('hold together until a request is sent', async () => {
    const sandbox = await mock.createSandbox('several');
    await sandbox.providerState(state, { externalId: 'a' });
    await sandbox.providerState(state, { externalId: 'b' });
    expect(await licensesOf(sandbox)).toEqual(['a', 'b']);
    await sandbox.providerState(state, { externalId: 'c' });
    expect(await licensesOf(sandbox)).toEqual(['c']);
  });

  it('of two vendors hold together', async () => {
    const sandbox = await mock.createSandbox('two-vendors');
    await sandbox.providerState(state, { externalId: 'a' });
    const values = await sandbox.providerState('a client exists');
    expect(values).toMatchObject({
      externalId: 'a',
      clientId: '5b0a6d1f-2c84-4f9b-a3de-70c1e8f49b26',
    });
    expect(await licensesOf(sandbox)).toEqual(['a']);
  });

  it('are forgotten where the sandbox is reset', async () => {
    const sandbox = await mock.createSandbox('reset');
    await sandbox.providerState(state, { externalId: 'a' });
    await enter('reset', { state: '', action: 'setup' });
    await sandbox.providerState(state, { externalId: 'b' });
    expect(await licensesOf(sandbox)).toEqual(['b']);
  });

  it('that contradict each other are refused, and leave the first', async () => {
    const sandbox = await mock.createSandbox('contradiction');
    await sandbox.providerState(state, { externalId: 'a' });
    await expect(sandbox.providerState('there are no program licenses')).rejects.toThrow(
      'program-license says that there are 1 and no-program-licenses says that there are none',
    );
    expect(await licensesOf(sandbox)).toEqual(['a']);
  });
});
