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
  /** Whether parts that last are checked once. The module's export `remembers` takes what tells them. */
  readonly remembers?: boolean;
};

/** Such a part is given to its check until it fits. What it fits never depends on what stands around it. */
const REMEMBER = `
let fittingOf = () => undefined;
exports.remembers = (given) => void (fittingOf = given);
function remember(check) {
  if (check.evaluated?.dynamicProps || check.evaluated?.dynamicItems) return check;
  const remembering = (data, context) => {
    const fitting = typeof data === 'object' && data !== null ? fittingOf(data) : undefined;
    if (fitting === undefined) return check(data, context);
    if (fitting.has(check)) return true;
    const fits = check(data, context);
    if (fits) fitting.add(check);
    return fits;
  };
  remembering.evaluated = check.evaluated;
  return remembering;
}
`;

/**
 * A CommonJS module that exports what `Ajv.compile` returns for each schema, as `check0`, `check1` and so on.
 * Throws where a schema does not compile, or the schemas are of different dialects.
 */
export function writeChecks(
  { parts, schemas }: SharedParts,
  { options, formats, formatsModule, remembers = false }: CheckOptions,
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
  const written = standaloneCode(ajv, Object.fromEntries(exported));
  return remembers ? withMemory(written) : written;
}

/** Each check is a function of the module, which calls the others by their names. */
function withMemory(written: string): string {
  const names = [...written.matchAll(/\bfunction (validate\d+)\(data, /g)].map(([, name]) => name);
  const exported = [...written.matchAll(/\bexports\.(check\d+) = (validate\d+);/g)];
  return [
    written,
    REMEMBER,
    ...names.map((name) => `${name} = remember(${name});`),
    ...exported.map(([, name, check]) => `exports.${name} = ${check};`),
    '',
  ].join('\n');
}
