/**
 * What reading our own specs comes to, written by `compile-ahead.ts` when the package is built or installed. A spec
 * that is not there, or has changed since, is read from its text.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { deserialize } from 'node:v8';
import { COMPILED, digestOf } from '../schema/known-good.ts';
import type { Spec } from './spec.ts';
import {
  fullChecks,
  parameterChecks,
  quickChecks,
  type CompiledChecks,
} from './compiled-checks.ts';

/** The content of `<vendor>.bin`. */
export type CompiledSpec = {
  /** Of the file's text. */
  readonly digest: string;
  readonly document: Spec['document'];
  readonly operations: Spec['operations'];
  /** Bodies of answers, see `quickChecks`. */
  readonly answers: readonly WrittenCheck[];
  /** Bodies of requests, see `fullChecks`. */
  readonly requests: readonly WrittenCheck[];
  /** Headers of answers and parameters of requests, by the list of those that are documented; see `parameterChecks`. */
  readonly parameters: readonly WrittenCheck[];
};

type WrittenCheck = {
  /** The same object as in `operations`. */
  readonly schema: object;
  readonly file: string;
  /** Of the export. */
  readonly name: string;
};

/** Undefined: it was not compiled, or from another text. */
export function findCompiled(vendor: string, file: string, text: string): Spec | undefined {
  const compiled = path.join(COMPILED, `${vendor}.bin`);
  if (!existsSync(compiled) || isOutdated(compiled)) return undefined;
  const { digest, document, operations, answers, requests, parameters } = deserialize(
    readFileSync(compiled),
  ) as CompiledSpec;
  if (digest !== digestOf(text)) return undefined;
  for (const check of answers) addCheck(quickChecks, check);
  for (const check of requests) addCheck(fullChecks, check);
  for (const check of parameters) addCheck(parameterChecks, check);
  return { vendor, file, document, operations };
}

function addCheck(checks: CompiledChecks, { schema, file, name }: WrittenCheck): void {
  checks.add(schema, path.join(COMPILED, file), name);
}

const SOURCES = [import.meta.dirname, path.join(import.meta.dirname, '../schema')];

/** In a clone, the code that reads specs may have changed since. */
function isOutdated(compiled: string): boolean {
  if (!import.meta.filename.endsWith('.ts')) return false;
  const { mtimeMs } = statSync(compiled);
  return SOURCES.some((folder) =>
    readdirSync(folder).some((name) => statSync(path.join(folder, name)).mtimeMs > mtimeMs),
  );
}
