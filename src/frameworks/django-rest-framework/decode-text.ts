/** Decodes bytes as Python's codecs do, with the text of Python's exception if that fails. */
import { isUtf8 } from 'node:buffer';

export type Decoded = { readonly text: string } | { readonly fault: string };

export type Charset = 'utf8' | 'latin1' | 'ascii';

type Codec = (bytes: Buffer) => Decoded;

const NAMES: ReadonlyMap<string, Charset> = new Map([
  ...['latin-1', 'latin1', 'iso-8859-1', 'iso8859-1', 'iso8859', 'cp819', 'l1'].map(
    (name) => [name, 'latin1'] as const,
  ),
  ...['ascii', 'us-ascii', '646'].map((name) => [name, 'ascii'] as const),
]);

const CODECS: Readonly<Record<Charset, Codec>> = {
  utf8: decodeUtf8,
  latin1: decodeLatin1,
  ascii: decodeAscii,
};

/** Like Django, reads UTF-8 if the charset is unknown. Ledger row CHARSET lists the known ones. */
export function decodeText(bytes: Buffer, charset: string | undefined): Decoded {
  return CODECS[charsetOf(charset)](bytes);
}

/** The charset that Django uses for a name. */
export function charsetOf(name: string | undefined): Charset {
  return NAMES.get((name ?? '').toLowerCase().replaceAll('_', '-')) ?? 'utf8';
}

/** True if the charset is a name of UTF-8, which is also the default. */
export function isUtf8Name(charset: string | undefined): boolean {
  return charset === undefined || /^utf[-_]?8$/i.test(charset);
}

function decodeLatin1(bytes: Buffer): Decoded {
  return { text: bytes.toString('latin1') };
}

function decodeAscii(bytes: Buffer): Decoded {
  const at = bytes.findIndex((byte) => byte > 0x7f);
  if (at === -1) return { text: bytes.toString('latin1') };
  return { fault: fault('ascii', bytes, at, 1, 'ordinal not in range(128)') };
}

/** Silently drops a character that is cut off at the end, because the framework reads the body as a stream. */
function decodeUtf8(bytes: Buffer): Decoded {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8') };
  for (let at = 0; at < bytes.length;) {
    const { length, valid } = readCharacter(bytes, at);
    if (valid) {
      at += length;
      continue;
    }
    if (length > 0 && at + length === bytes.length) return { text: bytes.toString('utf8', 0, at) };
    const reason = length === 0 ? 'invalid start byte' : 'invalid continuation byte';
    return { fault: fault('utf-8', bytes, at, Math.max(1, length), reason) };
  }
  return { text: bytes.toString('utf8') };
}

/** Returns how many bytes at `at` can belong to one character; 0 if none can start there. */
function readCharacter(bytes: Buffer, at: number): { length: number; valid: boolean } {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { length: 1, valid: true };
  const wanted = wantedLength(first);
  let length = wanted === 0 ? 0 : 1;
  while (length < wanted && isContinuation(first, bytes[at + length], length)) length++;
  return { length, valid: length > 0 && length === wanted };
}

function wantedLength(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/** The second byte has narrower limits: no overlong forms, no surrogates, nothing past U+10FFFF. */
function isContinuation(first: number, byte: number | undefined, position: number): boolean {
  if (byte === undefined) return false;
  if (position > 1) return byte >= 0x80 && byte <= 0xbf;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  return byte >= low && byte <= high;
}

function fault(codec: string, bytes: Buffer, at: number, length: number, reason: string): string {
  const where =
    length === 1
      ? `byte 0x${(bytes[at] ?? 0).toString(16).padStart(2, '0')} in position ${at}`
      : `bytes in position ${at}-${at + length - 1}`;
  return `'${codec}' codec can't decode ${where}: ${reason}`;
}
