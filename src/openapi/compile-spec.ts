/** Makes operations of the text of an OpenAPI file. */
import { MockError, messageOf } from '../errors.ts';
import { unescapePointer } from '../schema/json-schema.ts';
import { operationsOf, type DocumentedOperation } from './document.ts';
import type { BrokenSchemaListener, Spec } from './spec.ts';
import type { Operation, Schema } from './operation.ts';
import { findBrokenSchemasOf, prepareDocument } from './prepare-document.ts';
import { findBodySchema, type BodySchema } from './prism-validators.ts';
import { readDocument } from './read-document.ts';
import { readOperations, type PrismOperation } from './read-operations.ts';

/** As `loadSpec`, from the text of the file. */
export async function compileSpec(
  vendor: string,
  file: string,
  text: string,
  onBrokenSchema: BrokenSchemaListener,
): Promise<Spec> {
  const { document, lineOf } = await readDocument(file, text);
  const prepared = prepareDocument(document);
  let operations: readonly PrismOperation[];
  try {
    operations = await readOperations(prepared);
  } catch (cause) {
    const message = messageOf(cause);
    // A reference that leads nowhere: `at "#/paths/~1orders/get"`.
    const [, pointer] = /at "#(\/[^"]*)"/.exec(message) ?? [];
    const line = pointer === undefined ? '' : lineOf(toPath(pointer));
    throw new MockError('broken-spec', `${file}:${line} ${message}`, { cause });
  }
  for (const { pointer, message } of findBrokenSchemasOf(prepared)) {
    onBrokenSchema(`${file}:${lineOf(toPath(pointer))} ${pointer}: ${message}`, pointer);
  }
  const documented = operationsOf(document);
  return {
    vendor,
    file,
    document,
    operations: operations.map((loaded) => {
      const prism = withoutEmptyParts(withRanges(loaded));
      const own = documented.get(`${prism.method.toLowerCase()} ${prism.path}`) ?? {};
      return {
        operation: toOperation(vendor, prism, own),
        documented: own,
        prism,
        bodySchema: bodySchemaOf(prism),
        emptyStatuses: new Set(
          prism.responses
            .filter((response) => (response.contents ?? []).length === 0)
            .map((response) => Number(response.code)),
        ),
      };
    }),
  };
}

function toPath(pointer: string): readonly string[] {
  return pointer.split('/').slice(1).map(unescapePointer);
}

/** Prism recognizes ranges such as `4XX` only in upper case. */
function withRanges(operation: PrismOperation): PrismOperation {
  if (!operation.responses.some(({ code }) => code.endsWith('xx'))) return operation;
  const responses = operation.responses.map((response) => ({
    ...response,
    code: response.code.replace(/xx$/, 'XX'),
  }));
  return { ...operation, responses: responses as PrismOperation['responses'] };
}

/** Removes empty lists of parameters, because Prism does work for each request even if they are empty. */
function withoutEmptyParts(operation: PrismOperation): PrismOperation {
  const { request } = operation;
  if (!request) return operation;
  const filled = Object.entries(request).filter(
    ([, part]) => !(Array.isArray(part) && part.length === 0),
  );
  return { ...operation, request: Object.fromEntries(filled) };
}

function bodySchemaOf({ request }: PrismOperation): BodySchema | undefined {
  if (request?.headers || request?.query || request?.path) return undefined;
  return findBodySchema(request?.body?.contents, 'application/json');
}

/** Summary and description come from the document, because Prism drops the summary in some versions. */
function toOperation(
  vendor: string,
  prism: PrismOperation,
  { summary = '', description = '' }: DocumentedOperation,
): Operation {
  const contents = prism.request?.body?.contents ?? [];
  return {
    vendor,
    id: prism.iid ?? `${prism.method} ${prism.path}`,
    method: prism.method.toUpperCase(),
    path: prism.path,
    summary,
    description,
    body: contents[0]?.schema as Schema | undefined,
    consumes: contents.map((content) => content.mediaType.toLowerCase()),
    parameters: schemasOf(prism.request?.path),
    query: schemasOf(prism.request?.query),
  };
}

function schemasOf(
  parameters: readonly { readonly name: string; readonly schema?: object }[] = [],
): Readonly<Record<string, Schema>> {
  return Object.fromEntries(parameters.map(({ name, schema = {} }) => [name, schema]));
}
