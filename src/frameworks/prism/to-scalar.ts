/** Text as the number or boolean that its schema wants. */
import type { Json } from '../../messages/json.ts';
import type { Schema } from '../../openapi/operation.ts';

/** The text itself where it is neither: the check then says so. */
export function toScalar(text: string, schema: Schema | undefined): Json {
  const types = [schema?.type ?? []].flat();
  const word = text.trim();
  if (types.includes('boolean') && /^(?:true|false)$/.test(word)) return word === 'true';
  const isNumeric = types.includes('number') || types.includes('integer');
  return isNumeric && word !== '' && Number.isFinite(Number(word)) ? Number(word) : text;
}
