// The same test as in ../vitest and ../jest. Run it with `node --test`, which gives each file a process of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLicenseMock } from 'license-mock';

// It does not keep the process alive, so no hook has to stop it.
const mock = await startLicenseMock();

test('an order that meets a rate limit is sent again', async () => {
  await using sandbox = await mock.createSandbox('order', {
    scenario: 'empty',
    clock: '2026-01-01T00:00:00Z',
  });
  await sandbox.overrides.add({
    operation: 'createProgramLicense',
    when: { call: 1 },
    effect: { reply: { error: 'rate-limited' } },
  });

  const license = await orderLicense(sandbox.url, 'Spring');

  assert.partialDeepStrictEqual(license, { id: 1, name: 'Spring' });
  const match = { operation: 'createProgramLicense', body: { name: 'Spring' } };
  await sandbox.journal.verify({ match, times: 2 });
});

/** Your code, which is under test. */
async function orderLicense(baseUrl: string, name: string): Promise<unknown> {
  const answer = await fetch(`${baseUrl}/api/catalog/licenses/program/create/`, {
    method: 'POST',
    headers: { authorization: 'Api-Token dm-admin', 'content-type': 'application/json' },
    body: JSON.stringify({
      platform_key: 'acme',
      program_key: 'bar',
      name,
      count: 10,
      started: '2026-01-01T00:00:00Z',
    }),
  });
  return answer.status === 429 ? orderLicense(baseUrl, name) : answer.json();
}
