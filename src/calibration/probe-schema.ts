/** What specs/probes/<vendor>.yaml may hold. */

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text, minItems: 1 };
const named = (value: object) => ({ type: 'object', additionalProperties: value });
const closed = (required: readonly string[], properties: object) => ({
  type: 'object',
  required,
  additionalProperties: false,
  properties,
});

const request = {
  type: 'string',
  pattern: '^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /\\S*$',
};

const step = {
  ...closed([], {
    send: request,
    ask: request,
    repeat: { type: 'integer', minimum: 2, maximum: 100 },
    body: text,
    with: { type: 'object' },
    without: texts,
    json: {},
    text: { type: 'string' },
    headers: named(text),
    credentials: text,
    keep: named(text),
    creates: text,
    values: texts,
    counts: texts,
    words: { const: true },
    mayBeDenied: { const: true },
  }),
  oneOf: [{ required: ['send'] }, { required: ['ask'] }],
};

export const probeSchema = closed(['vendor', 'probes'], {
  vendor: text,
  parameters: named(closed(['default', 'about'], { default: text, about: text })),
  bodies: named({ type: 'object' }),
  creates: named(closed(['what'], { what: text, remove: request })),
  probes: {
    type: 'array',
    minItems: 1,
    items: {
      type: 'object',
      required: ['row'],
      additionalProperties: false,
      properties: {
        row: text,
        number: text,
        steps: { type: 'array', minItems: 1, items: step, contains: { required: ['ask'] } },
        notProbed: text,
      },
      oneOf: [{ required: ['steps'] }, { required: ['notProbed'] }],
    },
  },
});
