/** Decodes UTF-16 as the stream readers of Python's codecs do, with the text of Python's exception if that fails. */
import type { Decoded } from './decode-text.ts';

type Order = 'le' | 'be';

/** Name to byte order. `bom`: the body starts with a byte order mark. */
const NAMES: ReadonlyMap<string, Order | 'bom'> = new Map([
  ...['utf-16', 'utf16', 'u16'].map((name) => [name, 'bom'] as const),
  ...['utf-16-le', 'utf-16le'].map((name) => [name, 'le'] as const),
  ...['utf-16-be', 'utf-16be'].map((name) => [name, 'be'] as const),
]);

/** Undefined: the charset is not a name of UTF-16. Drops a character that is cut off at the end. */
export function decodeUtf16(bytes: Buffer, charset: string | undefined): Decoded | undefined {
  const order = NAMES.get((charset ?? '').toLowerCase().replaceAll('_', '-'));
  if (order === undefined) return undefined;
  if (order !== 'bom') return decode(bytes, order, 0);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode(bytes, 'le', 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode(bytes, 'be', 2);
  const decoded = decode(bytes, 'le', 0);
  const isRead = 'fault' in decoded || decoded.text === '';
  return isRead ? decoded : { fault: 'UTF-16 stream does not start with BOM' };
}

function decode(bytes: Buffer, order: Order, start: number): Decoded {
  const whole = bytes.length - ((bytes.length - start) % 2);
  const units = Buffer.from(bytes.subarray(start, whole));
  let text = (order === 'be' ? units.swap16() : units).toString('utf16le');
  if (/[\ud800-\udbff]$/.test(text)) text = text.slice(0, -1);
  if (text.isWellFormed()) return { text };
  const at = text.search(/\p{Surrogate}/u);
  const reason = /[\udc00-\udfff]/.test(text.charAt(at))
    ? 'illegal encoding'
    : 'illegal UTF-16 surrogate';
  const first = start + at * 2;
  return {
    fault: `'utf-16-${order}' codec can't decode bytes in position ${first}-${first + 1}: ${reason}`,
  };
}
