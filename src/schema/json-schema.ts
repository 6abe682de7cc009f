/** JSON Schema 2020-12 for our own files: the specs' schemas are compiled once at start, scenarios are checked. */
import { Ajv, type Options } from 'ajv';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { messageOf } from '../errors.ts';
import { parseMoment } from '../time/moment.ts';

export type SchemaViolation = {
  /** Names and indexes from the root to what is wrong. */
  readonly path: readonly string[];
  /** What is wrong and what is allowed. */
  readonly message: string;
};

const EVERY_FORMAT = /.*/;

/**
 * Gives a function that lists what a value breaks, empty when nothing. Throws where the schema itself is
 * wrong. Format `moment` is a date as scenarios write it; other formats are left to whoever reads the value.
 */
export function compileSchema(schema: object): (value: unknown) => readonly SchemaViolation[] {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    verbose: true,
    logger: false,
    // Optimizing the generated code takes three quarters of the compile time; these run seldom.
    code: { optimize: false },
  });
  ajv.addFormat('moment', (text: string) => parseMoment(text, 0) !== undefined);
  for (const format of ['date-time', 'uuid', 'uri', 'email']) ajv.addFormat(format, EVERY_FORMAT);
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(describeFault));
}

/** Where in a document a schema does not compile, and why. */
export type BrokenSchema = { readonly pointer: string; readonly message: string };

/**
 * Compiles the schemas at the given JSON Pointers of a document, each once, with references into the same
 * document. Only whether they compile is of interest: Prism takes one that does not for one that everything fits.
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
  const ajv = dialect === '2020-12' ? new Ajv2020(options) : new Ajv(options);
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
        message: `is not known here.${known.length > 0 ? ` Known: ${known.join(', ')}.` : ''}`,
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
            message: `${shown} is no date. Write an ISO 8601 date-time, or now, now-1d, now+1y6M.`,
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

/** Undoes the escapes of a JSON Pointer's segment (RFC 6901). */
export function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A JSON Pointer as a URI fragment (RFC 6901, 6): `#/ibl/licenses/2`. */
export function toPointer(path: readonly (string | number)[]): string {
  const segments = path.map((name) => String(name).replaceAll('~', '~0').replaceAll('/', '~1'));
  return ['#', ...segments.map((segment) => encodeURIComponent(segment.toWellFormed()))].join('/');
}
