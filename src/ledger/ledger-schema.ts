/** What specs/ledger.yaml may hold. */

const text = { type: 'string', minLength: 1 };
const choice = {
  type: ['string', 'object'],
  minLength: 1,
  required: ['id', 'why'],
  additionalProperties: false,
  properties: { id: text, why: text },
};

export const ledgerSchema = {
  type: 'object',
  required: ['rows'],
  additionalProperties: false,
  properties: {
    rows: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'vendor', 'operations', 'title', 'sources', 'mock', 'evidence', 'date'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', pattern: '^[A-Z]+(-[A-Z0-9]+)+$' },
          vendor: text,
          operations: { type: 'array', items: text },
          title: text,
          sources: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['source', 'says'],
              additionalProperties: false,
              properties: { source: text, says: text },
            },
          },
          mock: text,
          evidence: { enum: ['documented', 'executed', 'observed', 'assumed'] },
          date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
          fixed: text,
          choices: { type: 'array', minItems: 2, items: choice },
          number: {
            type: 'object',
            required: ['default', 'min', 'max'],
            additionalProperties: false,
            properties: {
              default: { type: 'integer' },
              min: { type: 'integer' },
              max: { type: 'integer' },
            },
          },
        },
      },
    },
  },
};
