/** Reads our specs and writes what comes of it, with a check for each body. `compiled-specs.ts` reads it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { serialize } from 'node:v8';
import { shareParts, withoutAnnotations, type Schema } from '../schema/share-parts.ts';
import { writeChecks, type CheckOptions } from '../schema/standalone.ts';
import { COMPILED, digestOf } from '../schema/known-good.ts';
import { readText } from '../yaml/read-text.ts';
import type { CompiledSpec } from './compiled-specs.ts';
import { loadSpec } from './load-spec.ts';
import type { SpecOperation } from './spec.ts';
import { findBodySchema, type BodySchema, type ParameterSpecs } from './prism-validators.ts';

/** As in Prism's `validators/utils.js`. A test holds the written checks against Prism's own. */
const PRISM_OPTIONS = {
  allErrors: true,
  allowUnionTypes: true,
  allowMatchingProperties: true,
  strict: false,
  logger: false,
  coerceTypes: false,
  // A part that is shared stays one function.
  inlineRefs: false,
} as const;

/**
 * An answer is only told to fit or not, which takes less code. What is wrong with it is a question for Prism, because
 * it should never be asked.
 */
const QUICK_OPTIONS = { ...PRISM_OPTIONS, allErrors: false, messages: false } as const;

/** Prism reads a parameter as the documented type, in a schema without a dialect. */
const PARAMETER_OPTIONS = { ...QUICK_OPTIONS, coerceTypes: true } as const;

/**
 * Prism's formats: those of ajv-formats, with a date-time of its own, which takes most of the time of a list's check.
 * So what is surely one is not given to it.
 */
const FORMATS = String.raw`'use strict';
const { createRequire } = require('node:module');
const prism = createRequire(require.resolve('@stoplight/prism-http'));
const { fullFormats } = prism('ajv-formats/dist/formats');
const { fmtDef, date_time, compareDateTime } = prism('./validator/validators/dateTime');
const SURELY =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;
const isDateTime = (text) => SURELY.test(text) || date_time(text);
exports.formats = { ...fullFormats, 'date-time': fmtDef(isDateTime, compareDateTime) };
`;

export const NAMES = ['alice', 'control', 'ibl', 'thought-industries'];

/** Rejects where a spec or one of its schemas is broken. */
export async function compileAhead(specFolder: string): Promise<void> {
  rmSync(COMPILED, { recursive: true, force: true });
  mkdirSync(COMPILED, { recursive: true });
  const formatsFile = path.join(COMPILED, 'formats.cjs');
  writeFileSync(formatsFile, FORMATS);
  const { formats } = createRequire(import.meta.url)(formatsFile) as Pick<CheckOptions, 'formats'>;
  for (const name of NAMES) {
    const file = path.join(specFolder, `${name}.yaml`);
    const { document, operations } = await loadSpec(name, file);
    const answers = unique(operations.flatMap(answerSchemasOf));
    const requests = unique(operations.map(({ bodySchema }) => bodySchema));
    const parameters = unique(operations.flatMap(parametersOf));
    /** `subjects`: what each schema checks. Schemas that say the same share a check. */
    const write = (
      kind: string,
      subjects: readonly object[],
      schemas: readonly Schema[],
      options: CheckOptions['options'],
    ) => {
      const written = `${name}-${kind}.cjs`;
      const plain = schemas.map(withoutAnnotations);
      const texts = plain.map((schema) => JSON.stringify(schema));
      const different = [...new Set(texts)];
      const parts = shareParts(different.map((text) => JSON.parse(text) as Schema));
      const remembers = options === QUICK_OPTIONS;
      const how = { options, formats, formatsModule: './formats.cjs', remembers };
      writeFileSync(path.join(COMPILED, written), writeChecks(parts, how));
      return subjects.map((schema, index) => ({
        schema,
        file: written,
        name: `check${different.indexOf(texts[index] ?? '')}`,
      }));
    };
    const compiled: CompiledSpec = {
      digest: digestOf(readText(file)),
      document,
      operations,
      answers: write('answers', answers, answers, QUICK_OPTIONS),
      requests: write('requests', requests, requests, PRISM_OPTIONS),
      parameters: write(
        'parameters',
        parameters,
        parameters.map(schemaOfParameters),
        PARAMETER_OPTIONS,
      ),
    };
    writeFileSync(path.join(COMPILED, `${name}.bin`), serialize(compiled));
  }
}

function answerSchemasOf({ prism }: SpecOperation): readonly (BodySchema | undefined)[] {
  return prism.responses.flatMap(({ contents = [] }) =>
    contents.map(({ mediaType }) => findBodySchema(contents, mediaType)),
  );
}

/** Headers of answers, and the parameters of a request's query and path, where all can be read without Prism. */
function parametersOf({ prism }: SpecOperation): readonly ParameterSpecs[] {
  const { query, path: inPath } = prism.request ?? {};
  const ofAnswers = prism.responses.map(({ headers }) => headers);
  return [
    ...ofAnswers.filter((each) => each?.every(({ explode }) => explode !== true)),
    query,
    inPath,
  ]
    .filter((each) => each !== undefined)
    .filter((each) => each.length > 0 && each.every(isPlain));
}

/** A single value. */
function isPlain({ schema, deprecated, style }: ParameterSpecs[number]): boolean {
  const isSingle = ['string', 'integer', 'number', 'boolean'].includes(String(schema?.type));
  const isUsual = style === undefined || style === 'form' || style === 'simple';
  return isSingle && isUsual && deprecated !== true;
}

/** As in Prism's `validators/params.js`. */
function schemaOfParameters(specs: ParameterSpecs): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(specs.map(({ name, schema }) => [name.toLowerCase(), schema])),
    required: specs.flatMap(({ name, required }) => (required ? [name.toLowerCase()] : [])),
  };
}

function unique<T extends object>(schemas: readonly (T | undefined)[]): readonly (T & Schema)[] {
  return [...new Set(schemas)].filter((schema) => schema !== undefined) as (T & Schema)[];
}
