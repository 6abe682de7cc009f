// The same test as in ../jest and ../node-test. `sandbox` is fresh for each test and removed after it.
import { expect } from 'vitest';
import { test } from 'license-mock/vitest';

// Vitest 4.1 and later. For Vitest 3.0 to 4.0 write `test.scoped`.
test.override({ sandboxOptions: { scenario: 'empty', clock: '2026-01-01T00:00:00Z' } });

test('an order that meets a rate limit is sent again', async ({ sandbox }) => {
  await sandbox.overrides.add({
    operation: 'createProgramLicense',
    when: { call: 1 },
    effect: { reply: { error: 'rate-limited' } },
  });

  const license = await orderLicense(sandbox.url, 'Spring');

  expect(license).toMatchObject({ id: 1, name: 'Spring' });
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
