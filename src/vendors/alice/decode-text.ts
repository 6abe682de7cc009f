/** A body's bytes to text: a byte order mark decides, then the charset, which is UTF-8 or UTF-16. ALICE-CHARSETS. */
import { TextDecoder } from 'node:util';

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const UTF_16 = new TextDecoder('utf-16le', { fatal: true });
const UTF_16_BIG = new TextDecoder('utf-16be', { fatal: true });

/** Undefined where the bytes are no such text. A charset the vendor does not know is read as UTF-8. */
export function decodeText(bytes: Buffer, charset: string | undefined): string | undefined {
  try {
    return decoderFor(bytes, charset).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What `decodeText` reads by when no byte order mark says otherwise. */
export function effectiveCharset(charset: string | undefined): 'utf-8' | 'utf-16' {
  return charset?.toLowerCase() === 'utf-16' ? 'utf-16' : 'utf-8';
}

function decoderFor(bytes: Buffer, charset: string | undefined): TextDecoder {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return UTF_16;
  if (first === 0xfe && second === 0xff) return UTF_16_BIG;
  return effectiveCharset(charset) === 'utf-16' ? UTF_16 : UTF_8;
}
