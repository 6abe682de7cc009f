/** Any Pact verifier can be pointed at the mock: here Pact's own, as docs/contracts.md says. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { Verifier } from '@pact-foundation/pact';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLicenseMock, type LicenseMock } from '../../src/index.ts';
import { listInteraction, pact, version } from './pacts.ts';
import { contractsFolder, writePact } from './verify-contracts.ts';

let mock: LicenseMock;
beforeAll(async () => {
  mock = await startLicenseMock({ scenario: 'empty' });
});
afterAll(() => mock.stop());

async function run(sandbox: string, file: string): Promise<string> {
  const verifier = new Verifier({
    providerBaseUrl: `${mock.url}/_sandbox/${sandbox}`,
    providerStatesSetupUrl: `${mock.url}/_mock/provider-states?sandbox=${sandbox}`,
    pactUrls: [file],
    logLevel: 'error',
  });
  return verifier.verifyProvider();
}

it.each(globSync('*.json', { cwd: contractsFolder }))(
  'verifies %s, one interaction after the other in one sandbox',
  async (name) => {
    const results = JSON.parse(await run('others', path.join(contractsFolder, name))) as {
      result: boolean;
      interactionResults: readonly { result: string }[];
    };
    expect(results.result).toBe(true);
    expect(results.interactionResults.length).toBeGreaterThan(5);
  },
);

it('learns from the mock that a state is not served', async () => {
  const unknown = listInteraction({ providerStates: [{ name: 'a license is there' }] });
  const file = writePact(pact([unknown], version('3.0.0')));
  await expect(run('others', file)).rejects.toThrow(/state change handlers has failed/);
});
