/** Says of an unknown field of a call's body which one was probably meant, and which exist. */
import { findSimilar } from '../matching/nearest.ts';
import type { Violation } from '../messages/message.ts';
import type { Schema } from '../openapi/operation.ts';

const SHOWN_LENGTH = 80;

/** `body`: the schema of the whole body. */
export function nameFields(violation: Violation, body: Schema | undefined): Violation {
  const { keyword, path } = violation;
  const name = path.at(-1);
  if (keyword !== 'additionalProperties' || typeof name !== 'string') return violation;
  const known = [...new Set(fieldsAt(body, path.slice(0, -1)))];
  if (known.length === 0) return violation;
  const similar = findSimilar(name, known);
  const guess = similar === undefined ? '' : ` Did you mean ${similar}?`;
  return {
    ...violation,
    message: `there is no field "${name.slice(0, SHOWN_LENGTH)}" here.${guess} The fields: ${known.join(', ')}`,
  };
}

/** The fields that the schema has at a path, those of all alternatives included. */
function fieldsAt(schema: Schema | undefined, path: Violation['path']): readonly string[] {
  if (!schema) return [];
  const { oneOf = [], anyOf = [], allOf = [], properties = {}, items } = schema;
  const inside = [...oneOf, ...anyOf, ...allOf].flatMap((each) => fieldsAt(each, path));
  const [step, ...rest] = path;
  if (step === undefined) return [...Object.keys(properties), ...inside];
  const next = typeof step === 'number' ? items : properties[step];
  return [...fieldsAt(next, rest), ...inside];
}
