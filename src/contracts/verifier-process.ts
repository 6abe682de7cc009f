/**
 * Pact's verifier in a process of its own: it is native code, which writes to standard output as it likes and takes
 * the whole process with it where it crashes. It is told by messages what to verify, one pact at a time.
 */
import { Verifier } from '@pact-foundation/pact-core';
import { messageOf } from '../errors.ts';
import type { VerifierAnswer, VerifierJob } from './verifier.ts';

process.on('message', (job: VerifierJob) => {
  void verify(job).then((answer) => process.send?.(answer));
});
// Whoever started it is gone: so is the reason to be here.
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
    // Where a pact does not hold, the message is the results.
    (thrown: unknown): VerifierAnswer => ({ results: messageOf(thrown) }),
  );
}
