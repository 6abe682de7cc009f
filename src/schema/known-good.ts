/**
 * Texts that fitted a schema when the package was built or installed, and written checks of those schemas. So our own
 * ledger and scenarios are not checked at every start, and a user's need no schema that is compiled first.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PACKAGE_FOLDER } from '../package-folder.ts';

/** What was compiled ahead. The same folder in a clone and in the package. */
export const COMPILED = path.join(PACKAGE_FOLDER, 'dist', 'compiled');
export const KNOWN_GOOD = path.join(COMPILED, 'known-good.json');
/** Checks of schemas, in the order of `schemas` in `KNOWN_GOOD`. */
export const WRITTEN_CHECKS = path.join(COMPILED, 'schemas.cjs');
/** The formats of those checks. */
export const WRITTEN_FORMATS = path.join(COMPILED, 'schema-formats.cjs');

/** The content of `KNOWN_GOOD`: digests. */
export type KnownGood = {
  /** Of a schema with a text. */
  readonly texts: readonly string[];
  readonly schemas: readonly string[];
};

const texts = new WeakMap<object, string>();
let known: { readonly texts: ReadonlySet<string>; readonly schemas: readonly string[] } | undefined;
let recorded: { readonly texts: Set<string>; readonly schemas: Set<object> } | undefined;

/** Another schema, or another text, has another digest. */
export function isKnownGood(schema: object, text: string): boolean {
  if (recorded) return false;
  known ??= readKnown();
  return known.texts.size > 0 && known.texts.has(digestFor(schema, text));
}

/** Undefined: none was written. Another schema has another digest. `formats`: what the check knows of texts. */
export function findWrittenCheck(
  schema: object,
  formats: Readonly<Record<string, (text: string) => boolean>>,
): ((value: unknown) => boolean) | undefined {
  if (recorded) return undefined;
  known ??= readKnown();
  const at = known.schemas.indexOf(digestOf(textOf(schema)));
  if (at === -1) return undefined;
  const require = createRequire(import.meta.url);
  Object.assign((require(WRITTEN_FORMATS) as { readonly formats: object }).formats, formats);
  const written = require(WRITTEN_CHECKS) as Readonly<Record<string, (value: unknown) => boolean>>;
  return written[`check${at}`];
}

/** Call it when a text was found to fit. */
export function rememberGood(schema: object, text: string): void {
  recorded?.texts.add(digestFor(schema, text));
  recorded?.schemas.add(schema);
}

/** From now on every text is checked; those that fit are recorded, and their schemas. */
export function recordGood(): NonNullable<typeof recorded> {
  return (recorded = { texts: new Set(), schemas: new Set() });
}

function readKnown(): NonNullable<typeof known> {
  const read = existsSync(KNOWN_GOOD)
    ? (JSON.parse(readFileSync(KNOWN_GOOD, 'utf8')) as Partial<KnownGood>)
    : {};
  // In a clone it can be that of another version, until the project is built again.
  return { texts: new Set(read.texts ?? []), schemas: read.schemas ?? [] };
}

function digestFor(schema: object, text: string): string {
  return digestOf(`${textOf(schema)}\n${text}`);
}

export function textOf(schema: object): string {
  let text = texts.get(schema);
  if (text === undefined) texts.set(schema, (text = JSON.stringify(schema)));
  return text;
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
