/** API keys and the other settings that are read from a scenario. */
import type { Context, Identity } from '../../frameworks/framework.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { Introduction, World } from '../vendor.ts';

export type Config = {
  readonly credentials: readonly { readonly token: string }[];
  /** An unknown client, course, learning path or tag is created on first use (`open`) or refused (`closed`). */
  readonly references: 'open' | 'closed';
};

export type TiContext = Context<Config>;
export type TiWorld = World<Config>;

const DEFAULT_CREDENTIALS = [{ token: 'ti-key' }];

/** A client and a course of the scenario `demo`. In other scenarios they are created on first use. */
const EXAMPLE = {
  clientId: '2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e01',
  courseIds: ['6f1c2a70-3b1e-4c55-9a53-0d9b7c4c1a01'],
  learningPathIds: [],
  courseTagIds: [],
  name: 'Spring cohort',
};

export function configure(section: JsonObject): Config {
  const { credentials, references } = section;
  return {
    credentials: Array.isArray(credentials)
      ? (credentials as Config['credentials'][number][])
      : DEFAULT_CREDENTIALS,
    references: references === 'closed' ? 'closed' : 'open',
  };
}

/** Every key may do everything. */
export function identify(token: string, { credentials }: Config): Identity | undefined {
  const isKnown = credentials.some((credential) => credential.token === token);
  return isKnown ? { name: token, role: 'api-key', scope: undefined } : undefined;
}

export function introduce({ credentials, references }: Config): Introduction {
  const lines = credentials.map(({ token }) => `Authorization: Bearer ${token}`);
  const [authorization] = lines.map((line) => line.slice('Authorization: '.length));
  // With closed references, the example's client may not exist.
  if (authorization === undefined || references === 'closed') {
    return { credentials: lines, example: undefined };
  }
  return {
    credentials: lines,
    example: {
      method: 'POST',
      path: '/incoming/v2/licenses',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(EXAMPLE),
    },
  };
}
