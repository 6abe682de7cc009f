/** What ibl keeps of a scenario beside records. */
import type { JsonObject } from '../../messages/json.ts';

/** A DM admin may do all; a platform admin reads, and only what belongs to their platform. */
type Role = 'dm-admin' | 'platform-admin';

type Credential = {
  readonly token: string;
  readonly role: Role;
  /** The key of a platform admin's platform. */
  readonly platform?: string;
};

export type IblConfig = {
  readonly credentials: readonly Credential[];
  /** What happens at an unknown platform or program: made on first use, or refused. */
  readonly references: 'open' | 'closed';
};

const DEFAULT_CREDENTIALS: readonly Credential[] = [
  { token: 'dm-admin', role: 'dm-admin' },
  { token: 'platform-admin', role: 'platform-admin', platform: 'acme' },
];

/** A section that names no credentials has the two that every scenario of ours has. */
export function configure(section: JsonObject): IblConfig {
  const { credentials, references } = section as Partial<IblConfig>;
  return {
    credentials: credentials ?? DEFAULT_CREDENTIALS,
    references: references ?? 'open',
  };
}
