/**
 * The JSON Schema 2020-12 of an override as posted: fields, types and bounds. Which of them go together is left
 * to `checkOverride`, whose sentences say more than a failed `oneOf` could.
 */
import { errorKinds, faults, presetNames } from './override.ts';

const text = { type: 'string' };
const texts = { type: 'object', additionalProperties: text };
const count = { type: 'integer', minimum: 1 };
const delayMs = { type: 'integer', minimum: 0, maximum: 60_000 };
const YEAR_SECONDS = 31_622_400;

function record(properties: object, required: readonly string[] = []): object {
  return { type: 'object', properties, required, additionalProperties: false };
}

export const overrideSchema: object = record(
  {
    vendor: text,
    operation: text,
    when: record({ call: count, method: text, path: text, headers: texts, query: texts, body: {} }),
    atMost: count,
    probability: { type: 'number', minimum: 0, maximum: 1 },
    effect: record({
      reply: record({
        status: { type: 'integer', minimum: 200, maximum: 599 },
        headers: texts,
        body: {},
        error: { enum: errorKinds },
      }),
      patch: {},
      delay: record({ ms: delayMs, minMs: delayMs, maxMs: delayMs }),
      rateLimit: record({ limit: count, windowSeconds: { ...count, maximum: YEAR_SECONDS } }, [
        'limit',
        'windowSeconds',
      ]),
      fault: { enum: faults },
      preset: { enum: presetNames },
    }),
  },
  ['effect'],
);
