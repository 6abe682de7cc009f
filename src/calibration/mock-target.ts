/** The mock as its own oracle: plays a probe in a fresh sandbox with given choices. */
import type { ControlClient } from '../client/control-client.ts';
import { sendRequest } from '../contracts/send-request.ts';
import type { Settings } from '../ledger/ledger.ts';
import type { Values } from './fill-step.ts';
import { playProbe, type Played } from './play-probe.ts';
import type { Probe, Probes } from './probe.ts';

/** Scenario of the sandboxes: credentials, and nothing else. */
const SCENARIO = 'empty';

export type Mock = {
  readonly url: string;
  readonly client: ControlClient;
  /** Headers with the credentials of the mock's scenario. */
  readonly headers: Readonly<Record<string, string>>;
};

export function createMockPlayer(
  mock: Mock,
  probes: Probes,
  given: { readonly run: string; readonly params: Values },
): (probe: Probe, settings: Settings) => Promise<Played> {
  let count = 0;
  return async (probe, settings) => {
    count += 1;
    const sandbox = `${given.run}-${count}`;
    await mock.client.startSandbox(sandbox, { scenario: SCENARIO, settings });
    try {
      return await playProbe(probe, probes, given, {
        url: new URL(mock.url).origin,
        credential: credentialOf(mock.headers),
        send: async (request) => {
          const send = () =>
            sendRequest({
              method: request.method,
              url: new URL(mock.url),
              path: request.path,
              headers: {
                ...(request.hasCredentials && mock.headers),
                ...request.headers,
                'x-mock-sandbox': sandbox,
                'x-mock-vendor': probes.vendor,
              },
              body: Buffer.from(request.body),
              viaProxy: false,
            });
          let answer = await send();
          if (answer.status === 429) {
            // As the live run waits, but by the sandbox's clock.
            const seconds = Number(answer.headers['retry-after'] ?? 1);
            await mock.client.advanceClock(sandbox, `${seconds || 1}s`);
            answer = await send();
          }
          return { ...answer, body: answer.body.toString('utf8') };
        },
      });
    } finally {
      await mock.client.removeSandbox(sandbox);
    }
  };
}

/** The token itself, without its scheme. */
export function credentialOf(headers: Readonly<Record<string, string>>): string {
  return headers['authorization']?.split(' ').at(-1) ?? '';
}
