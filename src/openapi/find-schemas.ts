/** Finds every schema in an OpenAPI document, with its JSON Pointer. */
import type { OpenAPIV3_1 as OpenApi } from 'openapi-types';
import { METHODS, type SpecDocument } from './document.ts';

type Found = { readonly pointer: string; readonly schema: OpenApi.SchemaObject };
type Schemas = Generator<Found>;
type Content = OpenApi.RequestBodyObject['content'];

/** Omits references, because their targets are found too. */
export function findSchemas(document: SpecDocument): readonly Found[] {
  return [...inDocument(document)];
}

/** The fields of Swagger 2.0 that correspond to `components` in OpenAPI 3. */
type Swagger = Pick<OpenApi.ComponentsObject, 'parameters' | 'responses'> & {
  readonly definitions?: OpenApi.ComponentsObject['schemas'];
};

function* inDocument(document: SpecDocument): Schemas {
  const { paths, webhooks, components = {} } = document;
  const { definitions, parameters, responses } = document as Swagger;
  yield* inEach(definitions, '/definitions', itself);
  yield* inEach(parameters, '/parameters', inParameter);
  yield* inEach(responses, '/responses', inResponse);
  yield* inEach(paths, '/paths', inPath);
  yield* inEach(webhooks, '/webhooks', inPath);
  yield* inEach(components.schemas, '/components/schemas', itself);
  yield* inEach(components.parameters, '/components/parameters', inParameter);
  yield* inEach(components.headers, '/components/headers', inParameter);
  yield* inEach(components.requestBodies, '/components/requestBodies', inBody);
  yield* inEach(components.responses, '/components/responses', inResponse);
  yield* inEach(components.callbacks, '/components/callbacks', inCallback);
  yield* inEach(components.pathItems, '/components/pathItems', inPath);
}

function* inPath(item: OpenApi.PathItemObject, at: string): Schemas {
  yield* inEach(item.parameters, `${at}/parameters`, inParameter);
  for (const method of METHODS) {
    const operation = item[method];
    if (operation) yield* inOperation(operation, `${at}/${method}`);
  }
}

function* inOperation(operation: OpenApi.OperationObject, at: string): Schemas {
  const { parameters, requestBody, responses, callbacks } = operation;
  yield* inEach(parameters, `${at}/parameters`, inParameter);
  yield* inEach({ requestBody }, at, inBody);
  yield* inEach(responses, `${at}/responses`, inResponse);
  yield* inEach(callbacks, `${at}/callbacks`, inCallback);
}

/** A header is a parameter without a name. */
function* inParameter({ schema, content }: OpenApi.ParameterBaseObject, at: string): Schemas {
  yield* inEach({ schema }, at, itself);
  yield* inEach(content, `${at}/content`, inMedia);
}

function* inBody({ content }: OpenApi.RequestBodyObject, at: string): Schemas {
  yield* inEach(content, `${at}/content`, inMedia);
}

function* inResponse(response: OpenApi.ResponseObject, at: string): Schemas {
  const { headers, content } = response;
  const { schema } = response as { readonly schema?: OpenApi.SchemaObject };
  yield* inEach({ schema }, at, itself);
  yield* inEach(headers, `${at}/headers`, inParameter);
  yield* inEach(content, `${at}/content`, inMedia);
}

function* inMedia({ schema, encoding }: Content[string], at: string): Schemas {
  yield* inEach({ schema }, at, itself);
  for (const [name, { headers }] of Object.entries(encoding ?? {})) {
    yield* inEach(headers, `${at}/encoding/${escapeSegment(name)}/headers`, inParameter);
  }
}

function* inCallback(callback: OpenApi.CallbackObject, at: string): Schemas {
  yield* inEach(callback, at, inPath);
}

function* itself(schema: OpenApi.SchemaObject, pointer: string): Schemas {
  yield { pointer, schema };
}

/** Iterates over a list or map, without references. */
function* inEach<T extends object>(
  parts:
    | Readonly<Record<string, T | OpenApi.ReferenceObject | undefined>>
    | readonly (T | OpenApi.ReferenceObject)[]
    | undefined,
  at: string,
  find: (part: T, at: string) => Schemas,
): Schemas {
  for (const [name, part] of Object.entries(parts ?? {})) {
    if (isPart(part)) yield* find(part, `${at}/${escapeSegment(name)}`);
  }
}

/** Also false if an invalid document has something else than an object. */
function isPart<T extends object>(part: T | OpenApi.ReferenceObject | undefined): part is T {
  return typeof part === 'object' && part !== null && !('$ref' in part);
}

function escapeSegment(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}
