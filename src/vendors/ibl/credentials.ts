/** Credentials, roles and the other settings that ibl reads from a scenario. */
import type { Tokens } from '../../frameworks/django-rest-framework/facts.ts';
import type { Identity } from '../../frameworks/framework.ts';
import type { Operation } from '../../openapi/operation.ts';
import type { World } from '../vendor.ts';

/** A DM admin may do everything. A platform admin may read licenses and assign seats, only those of their platform. */
type Role = 'dm-admin' | 'platform-admin';

export type Credential = {
  readonly token: string;
  readonly role: Role;
  /** For a platform admin: the key of their platform. */
  readonly platform?: string;
};

export type IblConfig = {
  readonly credentials: readonly Credential[];
  /** An unknown platform or program is created on first use (`open`) or refused (`closed`). */
  readonly references: 'open' | 'closed';
};

export type IblWorld = World<IblConfig>;

const ROLES = {
  'dm-admin': 'DM admin',
  'platform-admin': 'platform admin, reads licenses and assigns seats',
} as const;
const ASSIGNMENTS = /\/assignment\//;
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The scheme of the documented clients, in lower case, and the other schemes: ledger row IBL-TOKEN-SCHEMES. */
const SCHEME = 'api-token';
const ALIASES = new Set(['token', 'api-key']);

export const tokens: Tokens<IblConfig> = {
  keyword: 'Api-Token',
  isScheme: (scheme, context) =>
    scheme === SCHEME || (ALIASES.has(scheme) && context.choose('IBL-TOKEN-SCHEMES') === 'all'),
  find(token, { credentials }) {
    const known = credentials.find((each) => each.token === token);
    return known && { name: known.token, role: known.role, scope: known.platform };
  },
  adopt: (token) => ({ name: token, role: 'dm-admin', scope: undefined }),
};

export function isPermitted({ role }: Identity, method: string, operation: Operation): boolean {
  if (role === 'dm-admin' || ASSIGNMENTS.test(operation.path)) return true;
  return operation.method === 'GET' && READING.has(method);
}

/** A credential as the banner shows it: the header to send, and its owner. */
export function introduceCredential({ token, role, platform }: Credential): string {
  const where = platform === undefined ? '' : ` of ${platform}`;
  return `Authorization: Api-Token ${token}  (${ROLES[role]}${where})`;
}
