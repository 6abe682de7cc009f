/** Writes the check of a schema as JavaScript, so that nothing need be compiled when it is used. */
import { createRequire } from 'node:module';
import { Ajv, type Format, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { SharedParts } from './share-parts.ts';
import { _ } from 'ajv/dist/compile/codegen/index.js';

type Standalone = (ajv: Ajv, exported: Readonly<Record<string, string>>) => string;
const { default: standaloneCode } = createRequire(import.meta.url)('ajv/dist/standalone') as {
  readonly default: Standalone;
};

export type CheckOptions = {
  readonly options: Options;
  readonly formats: Readonly<Record<string, Format>>;
  /** What the written module requires to get the same formats, in the export `formats`. */
  readonly formatsModule: string;
};

/**
 * A CommonJS module that exports what `Ajv.compile` returns for each schema, as `check0`, `check1` and so on.
 * Throws where a schema does not compile, or the schemas are of different dialects.
 */
export function writeChecks(
  { parts, schemas }: SharedParts,
  { options, formats, formatsModule }: CheckOptions,
): string {
  const dialects = new Set(schemas.map(({ $schema }) => $schema));
  if (dialects.size > 1) throw new Error('The schemas are of different dialects.');
  const all = {
    ...options,
    code: { ...options.code, source: true, formats: _`require(${formatsModule}).formats` },
  };
  const ajv = String([...dialects][0]).includes('2020-12') ? new Ajv2020(all) : new Ajv(all);
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
  ajv.addSchema(parts);
  const exported = schemas.map((schema, index) => {
    ajv.addSchema(schema, `schema${index}`);
    return [`check${index}`, `schema${index}`] as const;
  });
  return standaloneCode(ajv, Object.fromEntries(exported));
}
