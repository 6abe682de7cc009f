/** Integers of a JSON text that a double cannot hold; Python's integers have any size: ledger IBL-NUMBERS. */

const MAYBE_ROUNDED = /\d{16}/;
const INTEGER = /^-?\d+$/;

type Source = { readonly source?: string };

/** The fields of the text's object, which is valid JSON, that such an integer is in. */
export function findRounded(text: string): readonly string[] {
  if (!MAYBE_ROUNDED.test(text)) return [];
  const marked: unknown = JSON.parse(text, markRounded);
  if (typeof marked !== 'object' || marked === null || Array.isArray(marked)) return [];
  return Object.entries(marked).flatMap(([name, value]) => (isMarked(value) ? [name] : []));
}

/** A big integer in the place of one that was rounded: no JSON text gives such a value otherwise. */
function markRounded(_name: string, value: unknown, { source = '' }: Source = {}): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !INTEGER.test(source)) {
    return value;
  }
  const exact = BigInt(source);
  return exact === BigInt(value) ? value : exact;
}

function isMarked(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(isMarked);
}
