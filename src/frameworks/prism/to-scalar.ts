/** Converts text to the number or boolean that its schema requires. */
import type { Json } from '../../messages/json.ts';
import type { Schema } from '../../openapi/operation.ts';

/** Returns the text unchanged if it is neither; the check then reports it. */
export function toScalar(text: string, schema: Schema | undefined): Json {
  const types = new Set([schema?.type ?? []].flat());
  const word = text.trim();
  if (types.has('boolean') && /^(?:true|false)$/.test(word)) return word === 'true';
  const isNumeric = types.has('number') || types.has('integer');
  return isNumeric && word !== '' && Number.isFinite(Number(word)) ? Number(word) : text;
}
