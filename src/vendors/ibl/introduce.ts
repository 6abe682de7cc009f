/** What the banner shows of this vendor. */
import type { Introduction } from '../vendor.ts';
import type { IblConfig } from './credentials.ts';

const ROLES = { 'dm-admin': 'DM admin', 'platform-admin': 'platform admin, reads only' } as const;

/** Both roles may list, and a list has a first page even when there is nothing. */
export function introduce({ credentials }: IblConfig): Introduction {
  const [first] = credentials;
  return {
    credentials: credentials.map(({ token, role, platform }) => {
      const where = platform === undefined ? '' : ` of ${platform}`;
      return `Authorization: Api-Token ${token}  (${ROLES[role]}${where})`;
    }),
    example: first && {
      method: 'GET',
      path: '/api/catalog/licenses/program/?page_size=3&verbose=true',
      headers: { authorization: `Api-Token ${first.token}` },
      body: undefined,
    },
  };
}
