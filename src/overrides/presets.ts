/** Named effects that clients meet in practice. Each preset stands for an override without a preset. */
import type { Override, PresetName } from '../control-api/control-api.ts';
import type { PlainEffect } from './override.ts';

/** An override without a preset. */
export type WithoutPreset<O extends Override> = Omit<O, 'effect'> & {
  readonly effect: PlainEffect;
};

/** What a preset stands for. */
export type PlainOverride = { readonly probability?: number; readonly effect: PlainEffect };

const maintenancePage = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Down for maintenance</title>
</head>
<body>
<h1>Down for maintenance</h1>
<p>This service is being updated and will be back in a few minutes.</p>
<hr>
<p>503 Service Unavailable</p>
</body>
</html>
`;

/** Each one has a sentence for the docs and the control API. */
export const presets: Readonly<
  Record<PresetName, { readonly summary: string; readonly override: PlainOverride }>
> = {
  'rate-limited': {
    summary: "Every valid call is rejected by the rate limit, in the vendor's own format.",
    override: { effect: { reply: { error: 'rate-limited' } } },
  },
  flaky: {
    summary: 'One call in ten gets 503. The seed decides which ones.',
    override: { probability: 0.1, effect: { reply: { error: 'unavailable' } } },
  },
  slow: {
    summary: 'Every call takes one to four seconds longer.',
    override: { effect: { delay: { minMs: 1_000, maxMs: 4_000 } } },
  },
  outage: {
    summary: 'Every valid call gets 503.',
    override: { effect: { reply: { error: 'unavailable' } } },
  },
  'lost-answer': {
    summary: 'The call takes effect, but the connection is reset instead of a response.',
    override: { effect: { fault: 'reset-after' } },
  },
  'expired-token': {
    summary: 'Every call is rejected as if its credentials had expired.',
    override: { effect: { reply: { error: 'unauthenticated' } } },
  },
  maintenance: {
    summary:
      'Every valid call gets 503 with an HTML page, like that of a proxy in front of the vendor.',
    override: {
      effect: {
        reply: {
          status: 503,
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'cache-control': 'no-store',
            'retry-after': '600',
          },
          body: maintenancePage,
        },
      },
    },
  },
};

export function expandPreset(name: PresetName): PlainOverride {
  return presets[name].override;
}

/** Resolves the preset of an override. The override's own fields, such as `probability`, win. */
export function withoutPreset<O extends Override>(override: O): WithoutPreset<O> {
  const { effect, ...rest }: Override = override;
  const plain = effect.preset === undefined ? { effect } : expandPreset(effect.preset);
  return { ...plain, ...(rest as Omit<O, 'effect'>), effect: plain.effect };
}
