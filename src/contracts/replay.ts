/** Replays one interaction against a provider, and reports faults that Pact alone would accept. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MockError } from '../errors.ts';
import type { Interaction } from './contract.ts';
import { expectHiddenLocation, isRedirect, nameLocation } from './redirects.ts';
import type { Exchange, Recording, Relay, Target } from './relay.ts';
import type { Finding } from './report.ts';
import type { Mismatch, VerifierOutcome } from './verifier-results.ts';
import type { Verifier } from './verifier.ts';

type Replayed = {
  readonly findings: readonly Finding[];
  /** The last exchange; undefined if no request was sent. */
  readonly exchange: Exchange | undefined;
};

export type Replay = (interaction: Interaction, target: Target) => Promise<Replayed>;

/** The function rejects with `MockError` `verifier-failed` if the verifier or the provider does not answer. */
export function createReplay(parts: {
  readonly relay: Relay;
  readonly verifier: Verifier;
  /** Folder for the file of the current pact. */
  readonly folder: string;
  readonly timeoutMs: number;
}): Replay {
  const { relay, verifier, timeoutMs } = parts;
  const pactFile = path.join(parts.folder, 'interaction.json');
  return async (interaction, target) => {
    const expectsRedirect = isRedirect(interaction.response.status);
    const pact = expectsRedirect ? expectHiddenLocation(interaction.pact) : interaction.pact;
    writeFileSync(pactFile, JSON.stringify(pact));
    const route = { target, followsRedirects: !expectsRedirect };
    const { result, recording } = await relay.record(route, () =>
      verifier.verify({ pactFile, baseUrl: relay.url, statesUrl: relay.statesUrl, timeoutMs }),
    );
    rmSync(pactFile);
    const [unreachable] = recording.failures;
    if (unreachable !== undefined) {
      throw new MockError(
        'verifier-failed',
        `Nothing could be verified: ${unreachable.replace(/\.$/, '')}.`,
      );
    }
    return { findings: judge(result, recording), exchange: recording.exchanges.at(-1) };
  };
}

function judge(outcome: VerifierOutcome, recording: Recording): readonly Finding[] {
  const { stateFaults, exchanges } = recording;
  if (stateFaults.length > 0) {
    return stateFaults.map((message) => ({ severity: 'error', at: 'provider state', message }));
  }
  if (outcome.failure !== undefined && exchanges.length === 0) {
    throw new MockError('verifier-failed', `There was no answer: ${outcome.failure}.`);
  }
  const wasRun = outcome.interactions === 1 && exchanges.length > 0;
  const notRun: readonly Finding[] = wasRun
    ? []
    : [
        {
          severity: 'error',
          message:
            'It was not run: Pact sent no request for it. Check its description and its request in the Pact file.',
        },
      ];
  const unexplained: readonly Finding[] =
    outcome.failure === undefined ? [] : [{ severity: 'error', message: outcome.failure }];
  const followed = exchanges.slice(0, -1).map(({ status, url }): Finding => ({
    severity: 'note',
    message: `Answered ${status} for ${url}; the redirect was followed.`,
  }));
  return [...notRun, ...unexplained, ...followed, ...outcome.mismatches.map(toFinding)];
}

function toFinding({ at, expected, actual, message }: Mismatch): Finding {
  return {
    severity: 'error',
    message: nameLocation(message),
    at: nameLocation(at),
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
  };
}
