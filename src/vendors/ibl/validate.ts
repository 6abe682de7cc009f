/** Limits that the docs do not name, and that the validators of a Django project usually have. */
import type { Json } from '../../messages/json.ts';
import type { Context } from '../../frameworks/framework.ts';

/** Of the column that usually holds a number of seats. */
const MAX_COUNT = 2_147_483_647;
/** Of the column that usually holds a text. */
const MAX_LENGTH = 255;

/** Returns the framework's message for a value that a validator refuses, otherwise undefined. */
export function validate(
  field: string,
  value: Json,
  context: Context<unknown>,
): string | undefined {
  if (field === 'count') return validateCount(value, context);
  const isLong = typeof value === 'string' && value.length > MAX_LENGTH;
  if (!isLong || [...value].length <= MAX_LENGTH) return undefined;
  return context.choose('IBL-TEXT-LENGTH') === '255'
    ? `Ensure this field has no more than ${MAX_LENGTH} characters.`
    : undefined;
}

function validateCount(value: Json, context: Context<unknown>): string | undefined {
  if (!Number.isInteger(value)) return undefined;
  const count = Number(value);
  if (count >= 0 && count <= MAX_COUNT) return undefined;
  if (context.choose('IBL-COUNT-RANGE') === 'accept') return undefined;
  return count < 0
    ? 'Ensure this value is greater than or equal to 0.'
    : `Ensure this value is less than or equal to ${MAX_COUNT}.`;
}
