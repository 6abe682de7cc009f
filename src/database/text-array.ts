/**
 * An array of texts as PostgreSQL sends and receives it. As a literal, every quote in every text would be escaped first,
 * and an entry of a journal is full of quotes.
 */

const TEXT_OID = 25;
const DIMENSION = { count: 1, lowerBound: 1 };
const HEAD_BYTES = 20;
const LENGTH_BYTES = 4;

/** The value of a `text[]` parameter. */
export function textArray(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const bytes = lengths.reduce((sum, length) => sum + LENGTH_BYTES + length, HEAD_BYTES);
  const array = Buffer.allocUnsafe(bytes);
  let at = array.writeInt32BE(DIMENSION.count, 0);
  // No element is null.
  at = array.writeInt32BE(0, at);
  at = array.writeInt32BE(TEXT_OID, at);
  at = array.writeInt32BE(texts.length, at);
  at = array.writeInt32BE(DIMENSION.lowerBound, at);
  texts.forEach((text, index) => {
    at = array.writeInt32BE(lengths[index] ?? 0, at);
    at += array.write(text, at);
  });
  return array;
}
