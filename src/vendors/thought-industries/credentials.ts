/** What the vendor keeps of a scenario beside records. */
import type { Context } from '../../frameworks/framework.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { World } from '../vendor.ts';

export type Config = {
  readonly credentials: readonly { readonly token: string }[];
  /** What happens at an unknown client, course, learning path or tag: made on first use, or refused. */
  readonly references: 'open' | 'closed';
};

export type TiContext = Context<Config>;
export type TiWorld = World<Config>;

const DEFAULT_CREDENTIALS = [{ token: 'ti-key' }];

export function configure(section: JsonObject): Config {
  const { credentials, references } = section;
  return {
    credentials: Array.isArray(credentials)
      ? (credentials as Config['credentials'][number][])
      : DEFAULT_CREDENTIALS,
    references: references === 'closed' ? 'closed' : 'open',
  };
}
