/** What a calibration file may hold. */

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const closed = (required: readonly string[], properties: object) => ({
  type: 'object',
  required,
  additionalProperties: false,
  properties,
});

export const VERDICTS = [
  'confirmed',
  'another choice fits',
  'none fits',
  'cannot be told apart',
  'not probed',
] as const;

export const calibrationSchema = closed(
  ['vendor', 'date', 'versions', 'settings', 'rows', 'sentences', 'left'],
  {
    vendor: text,
    date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    versions: { type: 'object', additionalProperties: text },
    settings: { type: 'object', additionalProperties: text },
    rows: {
      type: 'object',
      additionalProperties: closed(['verdict'], {
        verdict: { enum: VERDICTS },
        choice: text,
        alike: texts,
        why: text,
        differs: {
          type: 'array',
          items: closed(['kind', 'at', 'mock', 'live'], {
            kind: text,
            at: text,
            mock: text,
            live: text,
          }),
        },
        asked: texts,
      }),
    },
    sentences: {
      type: 'array',
      items: closed(['row', 'mock', 'live'], { row: text, mock: text, live: text }),
    },
    left: texts,
  },
);
