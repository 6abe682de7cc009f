// A test that meets the vendor as license-mock plays it. Run it with `node --test`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLicenseMock } from 'license-mock';

const mock = await startLicenseMock({ scenario: './scenarios/mine.yaml' });

test('a license that was sold can be found by its external id', async () => {
  await using sandbox = await mock.createSandbox('sold', { params: { externalId: 'order-7' } });

  const found = await findLicense(sandbox.url, 'order-7');

  assert.equal(found?.external_id, 'order-7');
  await sandbox.journal.verify({
    match: { operation: 'listProgramLicenses', warnings: 0 },
    times: 1,
  });
});

/** Your code, which is under test. */
async function findLicense(baseUrl, externalId) {
  const answer = await fetch(
    `${baseUrl}/api/catalog/licenses/program/?external_id=${encodeURIComponent(externalId)}`,
    { headers: { authorization: 'Api-Token dm-admin' } },
  );
  const { results } = await answer.json();
  return results[0];
}
