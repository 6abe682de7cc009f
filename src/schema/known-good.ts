/**
 * Texts that fitted a schema when the package was built or installed. So our own ledger and scenarios are not checked
 * at every start, which would mean to compile their schemas first.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What was compiled ahead. The same folder in a clone and in the package. */
export const COMPILED = path.join(import.meta.dirname, '../../dist/compiled');
export const KNOWN_GOOD = path.join(COMPILED, 'known-good.json');

const texts = new WeakMap<object, string>();
let known: ReadonlySet<string> | undefined;
let recorded: Set<string> | undefined;

/** Another schema, or another text, has another digest. */
export function isKnownGood(schema: object, text: string): boolean {
  known ??= new Set(existsSync(KNOWN_GOOD) ? readDigests(KNOWN_GOOD) : []);
  return known.size > 0 && recorded === undefined && known.has(digestFor(schema, text));
}

/** Call it when a text was found to fit. */
export function rememberGood(schema: object, text: string): void {
  recorded?.add(digestFor(schema, text));
}

/** From now on every text is checked; those that fit are recorded. */
export function recordGood(): ReadonlySet<string> {
  return (recorded = new Set());
}

function readDigests(file: string): readonly string[] {
  return JSON.parse(readFileSync(file, 'utf8')) as string[];
}

function digestFor(schema: object, text: string): string {
  let schemaText = texts.get(schema);
  if (schemaText === undefined) texts.set(schema, (schemaText = JSON.stringify(schema)));
  return digestOf(`${schemaText}\n${text}`);
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
