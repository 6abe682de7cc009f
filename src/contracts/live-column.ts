/** Verifies an interaction against the live vendor, as far as the options allow. */
import { isWrite } from '../openapi/effect.ts';
import type { Interaction, ProviderState } from './contract.ts';
import { isOffered, type Judge } from './judge.ts';
import type { Exchange, Target } from './relay.ts';
import type { Replay } from './replay.ts';
import { sendRequest } from './send-request.ts';
import { skipped, toCell, type Cell, type Finding } from './report.ts';

export type LiveProvider = {
  readonly url: string;
  /** Headers that replace those of the contract, such as credentials. Not sent if the contract expects a 401. */
  readonly headers: Readonly<Record<string, string>>;
  /** True if requests that may change the vendor's data may be sent. */
  readonly allowWrites: boolean;
  /** URL for Pact's state changes; undefined if there is none. */
  readonly statesUrl: string | undefined;
};

export type LiveAnswer = { readonly cell: Cell; readonly exchange: Exchange | undefined };

export async function holdAgainstLive(
  interaction: Interaction,
  provider: LiveProvider,
  parts: { readonly replay: Replay; readonly judge: Judge; readonly failOnWarnings: boolean },
): Promise<LiveAnswer> {
  const reason = whySkipped(interaction, provider, parts.judge);
  if (reason !== undefined) return { cell: skipped(reason), exchange: undefined };
  const { findings, exchange } = await parts.replay(interaction, toTarget(interaction, provider));
  const breaks = exchange ? await parts.judge.findBreaksOf(interaction, exchange) : [];
  const all: readonly Finding[] = [
    ...findings,
    ...breaks.map((message) => ({
      severity: 'warning' as const,
      message: `The vendor's answer violates the spec: ${message}`,
    })),
  ];
  return { cell: toCell(all, parts.failOnWarnings), exchange };
}

function whySkipped(
  interaction: Interaction,
  provider: LiveProvider,
  judge: Judge,
): string | undefined {
  const { request, states } = interaction;
  if (!provider.allowWrites && canWrite(interaction, judge)) {
    return `${request.method} ${request.path} can change the vendor's data. Add --allow-writes to send it.`;
  }
  if (states.length > 0 && provider.statesUrl === undefined) {
    return 'It needs a provider state. Add --provider-states-url to set it up at the vendor.';
  }
  return undefined;
}

function canWrite(interaction: Interaction, judge: Judge): boolean {
  const { method } = interaction.request;
  const found = judge.locate(interaction);
  const isKnown = found !== undefined && isOffered(found.route, method);
  return isWrite(isKnown ? found.spec : undefined, method);
}

function toTarget(interaction: Interaction, { url, headers, statesUrl }: LiveProvider): Target {
  const tell = async (state: ProviderState, action: string): Promise<object> => {
    if (statesUrl === undefined) return {};
    const to = new URL(statesUrl);
    const { consumer } = interaction;
    const change = { consumer, state: state.name, params: state.params, action };
    const answer = await sendRequest({
      method: 'POST',
      url: to,
      path: to.pathname + to.search,
      headers: { 'content-type': 'application/json', host: to.host },
      body: Buffer.from(JSON.stringify(change)),
      viaProxy: true,
    });
    const text = answer.body.toString('utf8');
    if (answer.status < 200 || answer.status >= 300) {
      throw new Error(
        `${statesUrl} answers ${answer.status} to "${state.name}": ${text.slice(0, 300)}`,
      );
    }
    return text === '' ? {} : (JSON.parse(text) as object);
  };
  return {
    url,
    // If the contract expects a 401, its own credentials are sent.
    headers: interaction.response.status === 401 ? {} : headers,
    keepsHost: false,
    viaProxy: true,
    enterState: (state) => tell(state, 'setup'),
    leaveState: async (state) => void (await tell(state, 'teardown')),
  };
}
