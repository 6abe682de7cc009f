import { readFileSync } from 'node:fs';

/** Reads a text file. The byte order mark decides the encoding; without one, it is UTF-8. */
export function readText(file: string): string {
  return decodeText(readFileSync(file));
}

export function decodeText(bytes: Uint8Array): string {
  // The decoder removes the mark.
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
