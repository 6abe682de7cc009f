/** Credentials of the callers. ALICE-CREDENTIALS. */
import type { Identity } from '../../frameworks/framework.ts';
import type { HttpRequest } from '../../messages/message.ts';
import type { Introduction, World } from '../vendor.ts';

export type Credential = {
  /** A header's name. */
  readonly header: string;
  /** The header's whole value. */
  readonly token: string;
};

/** If empty, no credential is required. */
type Known = { readonly credentials: readonly Credential[] };

/** Returns undefined if a credential is required and the request has no valid one. */
export function identify(http: HttpRequest, { credentials }: Known): Identity | undefined {
  const role = 'user';
  if (credentials.length === 0) return { name: 'anonymous', role, scope: undefined };
  const found = credentials.find(
    ({ header, token }) => http.headers[header.toLowerCase()] === token,
  );
  return found && { name: found.token, role, scope: undefined };
}

/** The id of the sandbox's only account. ALICE-ACCOUNT. */
export function accountOf(world: Pick<World<unknown>, 'faker' | 'note'>): string {
  world.note('ALICE-ACCOUNT');
  return world.faker('alice.account').string.uuid();
}

const EXAMPLE = {
  Name: 'Biology grade 9',
  AvailableSeats: 30,
  TargetUserGroupId: 'ea677d34-15bf-4074-97b1-5b9661e2b4d0',
};

/** The example satisfies the default rules. A scenario's own rules may refuse it. */
export function introduce({ credentials }: Known): Introduction {
  const [first] = credentials;
  return {
    credentials:
      credentials.length === 0
        ? ['none needed']
        : credentials.map(({ header, token }) => `${header}: ${token}`),
    example: {
      method: 'POST',
      path: '/api/licenses/add',
      headers: {
        'Content-Type': 'application/json',
        ...(first && { [first.header]: first.token }),
      },
      body: JSON.stringify(EXAMPLE),
    },
  };
}
