/** Rewrites a document so that Prism checks by the rules of the document's own version. */
import { isJsonObject, type Json } from '../messages/json.ts';
import { findBrokenSchemas, type BrokenSchema } from '../schema/json-schema.ts';
import { operationsOf, type SpecDocument } from './document.ts';
import { findSchemas } from './find-schemas.ts';
import { repairSchema } from './repair-schema.ts';

const JSON_TYPE = 'application/json';
const DRAFT_2020 = 'https://json-schema.org/draft/2020-12/schema';
const OPENAPI_BASE = /^https:\/\/spec\.openapis\.org\/oas\/3\.\d+\/dialect\//;

/** Keywords with a value of the author's own. A field `pattern` in it is data, not a keyword. */
const VALUES = new Set(['example', 'examples', 'default', 'enum', 'const']);

/** Objects whose field names the author chooses: a response may be called `default`, a schema `pattern`. */
const MAPS = new Set(
  'properties patternProperties $defs definitions schemas parameters headers responses requestBodies callbacks content paths pathItems'.split(
    ' ',
  ),
);

/** In a schema: the format that is checked, where Prism's check of the documented one is narrower than the vendor's. */
const CHECKED_FORMAT = 'x-mock-format';

/** Changes nothing but checked formats in a document that names its own dialect of JSON Schema. */
export function prepareDocument(given: SpecDocument): SpecDocument {
  const document = withCheckedFormats(given) as SpecDocument;
  const { jsonSchemaDialect: dialect } = document;
  const isPlain = dialect !== undefined && !OPENAPI_BASE.test(dialect);
  if (isPlain) return document;
  const prepared = withRepairedSchemas(withMediaTypes(document), {
    addsNull: !isVersion31(document),
    isMap: false,
    isField: false,
  }) as SpecDocument;
  // Without this, Prism reads the schemas of OpenAPI 3.1 as draft 7.
  return isVersion31(document) ? { ...prepared, jsonSchemaDialect: DRAFT_2020 } : prepared;
}

function withCheckedFormats(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCheckedFormats);
  if (!isJsonObject(value)) return value;
  const { [CHECKED_FORMAT]: format, ...rest } = value;
  const parts = Object.entries(rest).map(([name, part]) => [name, withCheckedFormats(part)]);
  return Object.fromEntries(format === undefined ? parts : [...parts, ['format', format]]);
}

type SwaggerOperation = {
  readonly parameters?: readonly { readonly in?: string; readonly type?: string }[];
  readonly consumes?: readonly string[];
  readonly produces?: readonly string[];
};

/** Adds the media types that Swagger 2.0 may omit. Without them, Prism refuses every body. */
function withMediaTypes(document: SpecDocument): SpecDocument {
  if (!('swagger' in document)) return document;
  const { consumes, produces } = document as SwaggerOperation;
  const copy = structuredClone(document);
  for (const found of operationsOf(copy).values()) {
    const operation = found as SwaggerOperation;
    const fields = operation.parameters?.filter((each) => each.in === 'formData') ?? [];
    const hasFile = fields.some(({ type }) => type === 'file');
    const form = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
    const usual = { consumes: [fields.length > 0 ? form : JSON_TYPE], produces: [JSON_TYPE] };
    Object.assign(operation, {
      consumes: operation.consumes ?? consumes ?? usual.consumes,
      produces: operation.produces ?? produces ?? usual.produces,
    });
  }
  return copy;
}

/** Finds schemas that Prism cannot compile. Prism accepts any value for such a schema. */
export function findBrokenSchemasOf(document: SpecDocument): readonly BrokenSchema[] {
  if (document.jsonSchemaDialect === DRAFT_2020) {
    return findBrokenSchemas(document, findSchemas(document));
  }
  const plain = isVersion31(document) ? document : withoutOldKeywords(document);
  return findBrokenSchemas(plain, findSchemas(plain), 'draft-07');
}

function isVersion31({ openapi }: SpecDocument): boolean {
  return /^3\.[1-9]/.test(String(openapi));
}

type Place = {
  readonly addsNull: boolean;
  readonly isMap: boolean;
  /** True directly below `properties`. */
  readonly isField: boolean;
};

function withRepairedSchemas(value: unknown, place: Place): unknown {
  const { addsNull, isMap, isField } = place;
  const inside = { addsNull, isMap: false, isField: false };
  if (Array.isArray(value)) return value.map((item) => withRepairedSchemas(item, inside));
  if (!isJsonObject(value)) return value;
  const parts = Object.entries(value).map(([name, part]): [string, Json] => {
    if (!isMap && VALUES.has(name)) return [name, part];
    if (isMap && isField && part === null) return [name, {}];
    const isNamed = !isMap && MAPS.has(name);
    const at = { addsNull, isMap: isNamed, isField: isMap && isField };
    return [
      name,
      withRepairedSchemas(part, isNamed ? { ...at, isField: name === 'properties' } : at) as Json,
    ];
  });
  const copy = Object.fromEntries(parts);
  return isMap ? copy : repairSchema(copy, { isField, addsNull });
}

/**
 * Converts OpenAPI 3.0 and Swagger 2.0 to draft 7, only to test whether the schemas compile. Prism interprets the
 * keywords of these versions itself.
 */
function withoutOldKeywords(document: SpecDocument): SpecDocument {
  return JSON.parse(JSON.stringify(document), (name, value: unknown) => {
    const isFlag = ['exclusiveMinimum', 'exclusiveMaximum', 'nullable'].includes(name);
    return isFlag && typeof value === 'boolean' ? undefined : value;
  }) as SpecDocument;
}
