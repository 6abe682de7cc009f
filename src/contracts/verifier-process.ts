/**
 * Runs Pact's verifier in a separate process, because it is native code, which writes to standard output and takes
 * the whole process down if it crashes. It receives one pact at a time by message.
 */
import { Verifier } from '@pact-foundation/pact-core';
import { messageOf } from '../errors.ts';
import type { VerifierAnswer, VerifierJob } from './verifier.ts';

process.on('message', (job: VerifierJob) => {
  void verify(job).then((answer) => process.send?.(answer));
});
// The parent process has ended, so this process ends too.
process.on('disconnect', () => process.exit());

async function verify({ pactFile, baseUrl, statesUrl, timeoutMs }: VerifierJob) {
  const verifier = new Verifier({
    providerBaseUrl: baseUrl,
    providerStatesSetupUrl: statesUrl,
    pactUrls: [pactFile],
    failIfNoPactsFound: true,
    timeout: timeoutMs,
    logLevel: 'error',
  });
  return verifier.verify().then(
    (results): VerifierAnswer => ({ results }),
    // If a pact does not hold, the error message contains the results.
    (thrown: unknown): VerifierAnswer => ({ results: messageOf(thrown) }),
  );
}
