/** Reads OpenAPI files into operations, for the vendors and for Prism. */
import { statSync } from 'node:fs';
import { MockError } from '../errors.ts';
import { readText } from '../yaml/read-text.ts';
import { findCompiled } from './compiled-specs.ts';
import type { BrokenSchemaListener, Spec } from './spec.ts';

type Loaded = { readonly version: string; readonly spec: Promise<Spec> };

/** Keyed by file, so that a second server in the same process (as in tests) need not read the files again. */
const specs = new Map<string, Loaded>();
const MAX_LOADED = 100;

/**
 * The result is immutable, and shared by all loads of the same unchanged file. Rejects with
 * `MockError` `broken-spec`, which names the file and, if known, the line. `onBrokenSchema` is called for each
 * schema that does not compile; without it, the file is refused.
 */
export function loadSpec(
  vendor: string,
  file: string,
  onBrokenSchema?: BrokenSchemaListener,
): Promise<Spec> {
  if (onBrokenSchema) return readSpec(vendor, file, onBrokenSchema);
  const { mtimeMs, size } = statSync(file);
  const version = `${vendor} ${mtimeMs} ${size}`;
  const known = specs.get(file);
  if (known?.version === version) return known.spec;
  if (specs.size >= MAX_LOADED) specs.clear();
  const spec = readSpec(vendor, file, refuse);
  specs.set(file, { version, spec });
  return spec;
}

/** A spec of ours that was compiled ahead has no broken schemas. */
async function readSpec(
  vendor: string,
  file: string,
  onBrokenSchema: BrokenSchemaListener,
): Promise<Spec> {
  const text = readText(file);
  const compiled = findCompiled(vendor, file, text);
  if (compiled) return compiled;
  // Loaded here, because it takes as long as all the rest.
  const { compileSpec } = await import('./compile-spec.ts');
  return compileSpec(vendor, file, text, onBrokenSchema);
}

function refuse(message: string): never {
  throw new MockError('broken-spec', message);
}
