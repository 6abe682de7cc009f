/** Types of OpenAPI documents with our extensions, and the iteration over their operations. */
import { OpenAPIV3, type OpenAPIV3_1 } from 'openapi-types';
import { isJsonObject, type Json, type JsonObject } from '../messages/json.ts';

type Extensions = {
  /** Tells whether the operation changes records. The method does not: a search may be a POST, and a GET may take a seat. */
  readonly 'x-mock-effect'?: 'read' | 'write';
};

/**
 * An OpenAPI document as in its file, with unresolved references. Documents of OpenAPI 3.0 and Swagger 2.0 have the
 * same type: the mock needs only what the versions share, and Prism reads each version by its own rules.
 */
export type SpecDocument = OpenAPIV3_1.Document<Extensions> & {
  readonly 'x-not-mocked'?: readonly UnservedOperation[];
};

/** A known operation of the vendor that the mock does not serve. */
type UnservedOperation = {
  readonly method: string;
  readonly path: string;
  readonly summary?: string;
};

/** An operation as in its document, with unresolved references. */
export type DocumentedOperation = OpenAPIV3_1.OperationObject<Extensions>;

/** Methods that a path may offer, in lower case. */
export const METHODS = Object.values(OpenAPIV3.HttpMethods);

/** A fault and its position. `path` is empty if the whole value is wrong. */
type DocumentFault = { readonly path: readonly string[]; readonly message: string };

/**
 * Returns the first fault in the parts of a document that the mock itself relies on; undefined if there is none.
 * Prism and the linter check the rest. Written by hand, because a schema would cost 10 ms at every start.
 */
export function findDocumentFault(value: unknown): DocumentFault | undefined {
  if (!isJsonObject(value)) return { path: [], message: 'is not an object.' };
  const { openapi, swagger, paths = {}, 'x-not-mocked': unserved = [] } = value;
  if (openapi === undefined && swagger === undefined) {
    return { path: [], message: 'has neither "openapi" nor "swagger".' };
  }
  // YAML reads unquoted 2.0 and 3.1 as numbers.
  if (openapi !== undefined && !/^3(?:\.|$)/.test(String(openapi))) {
    const message = `${JSON.stringify(openapi)} is not a version of OpenAPI 3. Write '3.1.0', in quotes.`;
    return { path: ['openapi'], message };
  }
  if (openapi === undefined && !/^2(?:\.0)?$/.test(String(swagger))) {
    return { path: ['swagger'], message: `${JSON.stringify(swagger)} is not '2.0'.` };
  }
  if (!isJsonObject(paths)) return { path: ['paths'], message: 'must be an object.' };
  const broken = Object.keys(paths).find((at) => at.startsWith('/') && !isJsonObject(paths[at]));
  if (broken !== undefined) return { path: ['paths', broken], message: 'must be an object.' };
  const relative = Object.keys(paths).find((at) => !/^(?:\/|x-)/.test(at));
  if (relative !== undefined) return { path: ['paths', relative], message: 'must start with "/".' };
  const empty = findEmptyOperation(paths);
  if (empty) return { path: ['paths', ...empty], message: 'must be an object.' };
  if (!Array.isArray(unserved)) return { path: ['x-not-mocked'], message: 'must be a list.' };
  const index = unserved.findIndex((each) => !isUnserved(each));
  const message = 'must have the texts "method" and "path", and may have "summary".';
  return index === -1 ? undefined : { path: ['x-not-mocked', String(index)], message };
}

function findEmptyOperation(paths: JsonObject): readonly string[] | undefined {
  for (const [template, item] of Object.entries(paths)) {
    const method = METHODS.find((each) => isJsonObject(item) && item[each] === null);
    if (method) return [template, method];
  }
  return undefined;
}

function isUnserved(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const { method, path, summary = '' } = value;
  return [method, path, summary].every((each) => typeof each === 'string');
}

/** Every operation, keyed by lower-case method and path template: `get /orders/{id}`. */
export function operationsOf({
  paths = {},
}: SpecDocument): ReadonlyMap<string, DocumentedOperation> {
  const found = new Map<string, DocumentedOperation>();
  for (const [template, item] of Object.entries(paths)) {
    for (const method of METHODS) {
      const operation = item?.[method];
      if (operation) found.set(`${method} ${template}`, operation);
    }
  }
  return found;
}

type WithServers = { readonly servers?: readonly OpenAPIV3_1.ServerObject[] };

/**
 * Paths of the servers of the document, its paths and its operations, such as `/v2` or `/{region}/api`. Clients may put
 * them before the paths of operations. The longest comes first.
 */
export function basePathsOf(document: SpecDocument | undefined): readonly string[] {
  if (!document) return [];
  const { basePath = '' } = document as { readonly basePath?: string };
  const holders: readonly (WithServers | undefined)[] = [
    document,
    ...Object.values(document.paths ?? {}),
    ...operationsOf(document).values(),
  ];
  const urls = holders.flatMap((holder) => holder?.servers ?? []).map(({ url }) => String(url));
  const paths = [...urls.map((url) => url.replace(/^[a-z{][^/]*:\/\/[^/]*/i, '')), basePath];
  const found = paths.map((path) => path.replace(/\/+$/, '')).filter((path) => path[0] === '/');
  return [...new Set(found)].toSorted((a, b) => b.length - a.length);
}
