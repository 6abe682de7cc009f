/** The first half of an encoded body, in bytes: a character may be cut in two, as on a broken connection. */
export function truncate(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}
