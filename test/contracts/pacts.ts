/** Small pacts of each version, for tests of the verification itself. */

type Fields = Readonly<Record<string, unknown>>;

export const LIST = '/api/catalog/licenses/program/';

/** An interaction of version 2, which holds against the mock. */
export function listInteraction(fields: Fields = {}): Fields {
  return {
    description: 'a list of licenses',
    request: { method: 'GET', path: LIST, headers: { Authorization: 'Api-Token dm-admin' } },
    response: { status: 200 },
    ...fields,
  };
}

export function pact(interactions: readonly Fields[], fields: Fields = {}): Fields {
  return {
    consumer: { name: 'some-consumer' },
    provider: { name: 'ibl' },
    interactions,
    metadata: { pactSpecification: { version: '2.0.0' } },
    ...fields,
  };
}

export const version = (number: string): Fields => ({
  metadata: { pactSpecification: { version: number } },
});
