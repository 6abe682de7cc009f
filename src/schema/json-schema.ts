/** JSON Schema 2020-12: compiles the schemas of the specs once at start, and checks scenarios. */
import { createRequire } from 'node:module';
import type * as Draft07 from 'ajv';
import type { Options } from 'ajv';
import type * as Draft2020 from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { messageOf } from '../errors.ts';
import { parseMoment } from '../time/moment.ts';
import { findWrittenCheck, isKnownGood, rememberGood } from './known-good.ts';

export type SchemaViolation = {
  /** Names and indexes from the root to the invalid value. */
  readonly path: readonly string[];
  /** What is wrong and what is allowed. */
  readonly message: string;
};

const EVERY_FORMAT = /.*/;
const FOREIGN_FORMATS = ['date-time', 'uuid', 'uri', 'email', 'idn-email'];
const OWN_FORMATS = { moment: (text: string) => parseMoment(text, 0) !== undefined };

/** The names of all formats that a schema of ours can have. */
export const FORMATS = [...FOREIGN_FORMATS, ...Object.keys(OWN_FORMATS)];

/** Loaded at the first use: it is 90 files, and our own schemas have checks that are written ahead. */
const require = createRequire(import.meta.url);
const draft07 = () => (require('ajv') as typeof Draft07).Ajv;
const draft2020 = () => (require('ajv/dist/2020.js') as typeof Draft2020).Ajv2020;

type Check = (value: unknown) => readonly SchemaViolation[];

/**
 * Returns a function that lists the violations of a value. It compiles the schema at the first use, and throws if the
 * schema itself is invalid. `text`: what the value was read from, if it is the whole of it. The format `moment` is a
 * date in scenario syntax; the reader of a value checks other formats.
 */
export function compileSchema(
  schema: object,
): (value: unknown, text?: string) => readonly SchemaViolation[] {
  let check: Check | undefined;
  let fits: ((value: unknown) => boolean) | undefined;
  return (value, text) => {
    if (text !== undefined && isKnownGood(schema, text)) return [];
    fits ??= findWrittenCheck(schema, OWN_FORMATS);
    if (fits?.(value) === true) return [];
    check ??= compileNow(schema, { validateSchema: false, meta: false });
    const violations = check(value);
    if (text !== undefined && violations.length === 0) rememberGood(schema, text);
    return violations;
  };
}

/** As `compileSchema`, for the schema of a user: throws at once if it is invalid. */
export function compileGivenSchema(schema: object): Check {
  return compileNow(schema, {});
}

/** Our own schemas need no check. A test holds them against the metaschema, which takes longer to compile than most. */
function compileNow(schema: object, options: Options): Check {
  const Ajv = draft2020();
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    verbose: true,
    logger: false,
    ...options,
    // Optimizing the generated code takes three quarters of the compile time, and this code runs rarely.
    code: { optimize: false },
  });
  for (const [name, format] of Object.entries(OWN_FORMATS)) ajv.addFormat(name, format);
  for (const name of FOREIGN_FORMATS) ajv.addFormat(name, EVERY_FORMAT);
  const validate = ajv.compile(schema);
  return (value) => {
    if (validate(value)) return [];
    // Besides the fault in a branch, Ajv reports the branch itself: `must match "else" schema`.
    return (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(describeFault);
  };
}

/** The position of a schema that does not compile, and the reason. */
export type BrokenSchema = { readonly pointer: string; readonly message: string };

/**
 * Compiles the schemas at the given JSON Pointers of a document, with references into the same document. Needed because
 * Prism accepts every value if a schema does not compile. Undefined: all schemas compile.
 */
export function findBrokenSchemas(
  document: object,
  schemas: readonly { readonly pointer: string; readonly schema: object }[],
  dialect: '2020-12' | 'draft-07' = '2020-12',
): readonly BrokenSchema[] {
  const options: Options = {
    strict: false,
    logger: false,
    inlineRefs: false,
    code: { optimize: false },
  };
  const Ajv = dialect === '2020-12' ? draft2020() : draft07();
  const ajv = new Ajv(options);
  ajv.addSchema({ ...document }, 'document', undefined, false);
  return schemas.flatMap(({ pointer, schema }) => {
    try {
      if (!ajv.validateSchema(schema)) return [{ pointer, message: ajv.errorsText() }];
      ajv.compile({ $ref: `document#${encodeURI(pointer)}` });
      return [];
    } catch (cause) {
      return [{ pointer, message: messageOf(cause) }];
    }
  });
}

function describeFault(error: ErrorObject): SchemaViolation {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  const shown = JSON.stringify(error.data)?.slice(0, 80);
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = error.params['additionalProperty'] ?? error.params['unevaluatedProperty'];
      const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
      return {
        path: [...path, String(name)],
        message: `is not allowed here.${known.length > 0 ? ` Known: ${known.join(', ')}.` : ''}`,
      };
    }
    case 'enum':
      return {
        path,
        message: `${shown} is not one of ${error.params['allowedValues'].join(', ')}.`,
      };
    case 'format':
      return error.params['format'] === 'moment'
        ? {
            path,
            message: `${shown} is not a date. Use an ISO 8601 date-time, or now, now-1d, now+1y6M.`,
          }
        : { path, message: `${shown} ${error.message}.` };
    case 'required':
      return {
        path,
        message: `lacks "${error.params['missingProperty']}".`,
      };
    default:
      return { path, message: `${shown} ${error.message}.` };
  }
}

/** Unescapes a segment of a JSON Pointer (RFC 6901). */
export function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A JSON Pointer as a URI fragment (RFC 6901, 6): `#/ibl/licenses/2`. */
export function toPointer(path: readonly (string | number)[]): string {
  const segments = path.map((name) => String(name).replaceAll('~', '~0').replaceAll('/', '~1'));
  return ['#', ...segments.map((segment) => encodeURIComponent(segment.toWellFormed()))].join('/');
}
