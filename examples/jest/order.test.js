// The same test as in ../vitest and ../node-test, in CommonJS, which Jest understands without any set-up.
const { connect } = require('license-mock/connect');

// The mock that the global setup started.
const mock = connect();
let sandbox;

beforeAll(async () => {
  // Test files run at the same time: give each a name of its own.
  sandbox = await mock.createSandbox('order', { scenario: 'empty', clock: '2026-01-01T00:00:00Z' });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.remove());

test('an order that meets a rate limit is sent again', async () => {
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
async function orderLicense(baseUrl, name) {
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
