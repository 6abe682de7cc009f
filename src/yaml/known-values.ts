/** What was read from our own texts when the package was built or installed, so that a start need not parse them. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { PACKAGE_FOLDER } from '../package-folder.ts';

const FOLDER = path.join(PACKAGE_FOLDER, 'dist', 'compiled', 'values');

let recorded: Map<string, unknown> | undefined;

/** Undefined: the text is not one of ours, or it has changed. */
export function findKnownValue(text: string): { readonly value: unknown } | undefined {
  const file = fileOf(text);
  if (recorded || !existsSync(file)) return undefined;
  return { value: JSON.parse(readFileSync(file, 'utf8')) };
}

/** Call it when a text was parsed. */
export function rememberValue(text: string, value: unknown): void {
  recorded?.set(text, value);
}

/** From now on every text is parsed, and its value recorded. */
export function recordValues(): void {
  recorded = new Map();
}

/** Writes what was recorded, if JSON can hold it. */
export function writeKnownValues(): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const [text, value] of recorded ?? []) {
    const json = JSON.stringify(value);
    if (isDeepStrictEqual(JSON.parse(json), value)) writeFileSync(fileOf(text), json);
  }
}

function fileOf(text: string): string {
  return path.join(FOLDER, `${createHash('sha256').update(text).digest('base64url')}.json`);
}
