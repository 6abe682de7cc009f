/** A school to try the operations around licenses on: each call is one request, and answers without the envelope. */
import { randomUUID } from 'node:crypto';
import type { TestServer } from './server.ts';
import { KEY, send, type Answer } from './thought-industries-client.ts';

type Fields = Readonly<Record<string, unknown>>;
/** A record of an answer, with what tests read of it. */
export type Shown = {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly email: string;
  readonly disabled: boolean;
  readonly seatsUsedCount: number;
  readonly client: Shown;
  readonly clients: readonly Shown[];
  readonly licenses: readonly Shown[];
  readonly users: readonly Shown[];
  readonly allocatedLicenses: readonly {
    readonly licenseId: string;
    readonly licenseRole: string;
  }[];
  readonly pageInfo: PageInfo;
  readonly [name: string]: unknown;
};

type PageInfo = {
  readonly total: number;
  readonly hasMore: boolean;
  readonly cursor: string | null;
};

export const CLIENT_FLAGS = {
  enableSegmentation: true,
  enableEcommerce: false,
  enableBranding: true,
  enableOnboardingSurvey: false,
  enableGlobalLinks: true,
  enableNavLinks: true,
};
export const NO_LISTS = { courseIds: [], learningPathIds: [], courseTagIds: [] };

export function openSchool(server: () => TestServer) {
  const call = (method: string, path: string, body?: Fields): Promise<Answer> =>
    send(server(), `/incoming/v2/${path}`, {
      method,
      headers: { ...KEY, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });

  /** The record of an answer that must succeed. */
  const shown = async (answer: Promise<Answer>): Promise<Shown> => {
    const { status, text, body } = await answer;
    if (status >= 300) throw new Error(`${status} ${text}`);
    const { data } = body as { data?: Record<string, Shown> };
    return (data ? Object.values(data)[0] : body) as Shown;
  };

  return {
    call,
    shown,
    license: (fields: Fields = {}): Promise<Shown> =>
      shown(
        call('POST', 'licenses', {
          clientId: randomUUID(),
          name: 'Spring cohort',
          ...NO_LISTS,
          ...fields,
        }),
      ),
    client: (fields: Fields = {}): Promise<Shown> => {
      const slug = `client-${randomUUID()}`;
      return shown(
        call('POST', 'clients', { name: 'Northwind', slug, ...CLIENT_FLAGS, ...fields }),
      );
    },
    user: (fields: Fields = {}): Promise<Shown> =>
      shown(call('POST', 'users', { email: newEmail(), ...fields })),
    seatsUsed: async (clientId: string): Promise<number> => {
      const { seatsUsedCount } = await shown(call('GET', `clients/${clientId}`));
      return seatsUsedCount;
    },
  };
}

export function newEmail(): string {
  return `${randomUUID()}@example.com`;
}
