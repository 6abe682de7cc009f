/** OpenAPI documents in the types of `openapi-types`, with our extensions, and one way through their operations. */
import { OpenAPIV3, type OpenAPIV3_1 } from 'openapi-types';
import { compileSchema, type SchemaFault } from '../schema/json-schema.ts';

type Extensions = {
  /** Whether the operation changes records. */
  readonly 'x-mock-effect'?: 'read' | 'write';
};

/** An OpenAPI document as its file has it: references are not resolved. */
export type SpecDocument = OpenAPIV3_1.Document<Extensions> & {
  readonly 'x-not-mocked'?: readonly UnservedOperation[];
};

/** An operation that the vendor is known to have and the mock does not serve. */
export type UnservedOperation = {
  readonly method: string;
  readonly path: string;
  readonly summary?: string;
};

/** An operation as its document has it: references are not resolved. */
export type DocumentedOperation = OpenAPIV3_1.OperationObject<Extensions>;

/** Methods that a path may offer, in lower case. */
export const METHODS = Object.values(OpenAPIV3.HttpMethods);

const text = { type: 'string' };
/** What the mock itself relies on. The rest is for Prism to read and for the linter to check. */
const documentSchema = {
  type: 'object',
  required: ['openapi'],
  properties: {
    openapi: { type: 'string', pattern: '^3\\.' },
    paths: { type: 'object', patternProperties: { '^/': { type: 'object' } } },
    'x-not-mocked': {
      type: 'array',
      items: {
        type: 'object',
        required: ['method', 'path'],
        properties: { method: text, path: text, summary: text },
      },
    },
  },
};

let checkDocument: ((value: unknown) => readonly SchemaFault[]) | undefined;

/** What keeps a value from being a document; empty: it is a `SpecDocument`. */
export function findDocumentFaults(value: unknown): readonly SchemaFault[] {
  checkDocument ??= compileSchema(documentSchema);
  return checkDocument(value);
}

/** Every operation by method in lower case and path template: `get /orders/{id}`. */
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
