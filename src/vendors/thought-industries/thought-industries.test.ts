import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../messages/json.ts';
import { loadSpec } from '../../openapi/load-spec.ts';
import type { TiContext } from './credentials.ts';
import { thoughtIndustries } from './thought-industries.ts';

const specs = path.join(import.meta.dirname, '../../../specs');

const spec = await loadSpec('thought-industries', path.join(specs, 'thought-industries.yaml'));
const operation = spec.operations.find((each) => each.operation.id === 'createLicense')?.operation;
if (!operation) throw new Error('The spec has no operation createLicense.');
const route = { operation, methods: ['POST'], parameters: {} };
const http = {
  method: 'POST',
  path: operation.path,
  query: '',
  headers: {},
  body: Buffer.alloc(0),
  baseUrl: '',
};

function coerce(body: JsonObject) {
  const notes: string[] = [];
  const warnings: string[] = [];
  const context = {
    note: (row: string) => void notes.push(row),
    warn: ({ message }: { message: string }) => void warnings.push(message),
  } as unknown as TiContext;
  const { framework } = thoughtIndustries;
  const reading = framework.open(http, route);
  return { body: framework.coerce({ query: {}, body }, reading, context).body, notes, warnings };
}

const UPPER = 'ABCDEFAB-0000-4000-8000-000000000000';

describe('values that the docs do not have', () => {
  it('TI-SCALAR-IDS: TI-UUID-CASE: one id is a list of one, in lower case', () => {
    expect(coerce({ courseIds: UPPER, clientId: UPPER })).toEqual({
      body: { courseIds: [UPPER.toLowerCase()], clientId: UPPER.toLowerCase() },
      notes: ['TI-SCALAR-IDS', 'TI-UUID-CASE', 'TI-UUID-CASE'],
      warnings: [
        'courseIds is a single value and was read as a list with one item. The docs require a list.',
      ],
    });
  });

  it('TI-TIMESTAMPS: a date alone is the start of its day in UTC', () => {
    const { body, warnings } = coerce({ expirationDate: '2027-01-01' });
    expect(body).toEqual({ expirationDate: '2027-01-01T00:00:00.000Z' });
    expect(warnings).toHaveLength(1);
  });

  it.each([{ courseIds: null }, { courseIds: {} }, { clientId: 'X' }, { expirationDate: 'soon' }])(
    'are left to the judge where they cannot be read: %j',
    (body) => expect(coerce(body)).toEqual({ body, notes: [], warnings: [] }),
  );
});
