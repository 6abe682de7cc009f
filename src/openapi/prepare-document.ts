/** What a document needs before Prism can hold anything against it by the rules of its own version. */
import { findBrokenSchemas, type BrokenSchema } from '../schema/json-schema.ts';
import type { SpecDocument } from './document.ts';
import { findSchemas } from './find-schemas.ts';
import { toUnicodePattern } from './unicode-pattern.ts';

const DRAFT_2020 = 'https://json-schema.org/draft/2020-12/schema';
const OPENAPI_BASE = /^https:\/\/spec\.openapis\.org\/oas\/3\.\d+\/dialect\//;

/** Values of the author's, in which a field called `pattern` is no pattern. */
const VALUES = new Set(['example', 'examples', 'default', 'enum', 'const']);

const LISTS = new Set(['enum', 'required']);

/** The document itself where it needs nothing: it names its dialect of JSON Schema. */
export function prepareDocument(document: SpecDocument): SpecDocument {
  const { jsonSchemaDialect: dialect } = document;
  const isPlain = dialect !== undefined && !OPENAPI_BASE.test(dialect);
  if (isPlain) return document;
  const prepared = withUnicodePatterns(document, false) as SpecDocument;
  // Prism takes OpenAPI 3.1 for draft 7 unless it is told.
  return isVersion31(document) ? { ...prepared, jsonSchemaDialect: DRAFT_2020 } : prepared;
}

/** Schemas that Prism cannot compile: it would take everything for valid. */
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

/** Prism compiles patterns in Unicode mode, where `\-` and `\_` are mistakes. */
function withUnicodePatterns(value: unknown, areFields: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => withUnicodePatterns(item, false));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => {
      if (areFields) return [name, withUnicodePatterns(part, false)];
      // Listing a value twice is a mistake that changes nothing; Prism would check nothing.
      if (LISTS.has(name) && Array.isArray(part)) return [name, uniq(part)];
      if (VALUES.has(name)) return [name, part];
      if (name === 'pattern' && typeof part === 'string') return [name, toUnicodePattern(part)];
      return [name, withUnicodePatterns(part, name === 'properties')];
    }),
  );
}

/**
 * OpenAPI 3.0 and Swagger 2.0 as draft 7, only to see whether it compiles. What their own keywords mean Prism works out
 * itself.
 */
function withoutOldKeywords(document: SpecDocument): SpecDocument {
  return JSON.parse(JSON.stringify(document), (name, value: unknown) => {
    const isFlag = ['exclusiveMinimum', 'exclusiveMaximum', 'nullable', 'required'].includes(name);
    if (isFlag && typeof value === 'boolean') return undefined;
    return name === 'type' && value === 'file' ? 'string' : value;
  }) as SpecDocument;
}

function uniq(list: readonly unknown[]): readonly unknown[] {
  return [...new Map(list.map((item) => [JSON.stringify(item), item])).values()];
}
