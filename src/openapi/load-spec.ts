/** Reads OpenAPI files into operations, for the vendors and for Prism. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MockError, messageOf } from '../errors.ts';
import { findBodySchema, type BodySchema } from './prism-validators.ts';
import { findSchemas } from './find-schemas.ts';
import { readOperations, type PrismOperation } from './read-operations.ts';
import { findBrokenSchema } from '../schema/json-schema.ts';
import { parseLongYaml } from '../yaml/yaml-document.ts';
import type { JsonObject } from '../messages/json.ts';
import type { Operation, Schema } from './operation.ts';

export type SpecOperation = {
  readonly operation: Operation;
  /** Prism's own form of the operation. */
  readonly prism: PrismOperation;
  /** Where all that Prism looks at in a request is a JSON body: its schema. */
  readonly bodySchema: BodySchema | undefined;
  /** Documented statuses that have no body. */
  readonly emptyStatuses: ReadonlySet<number>;
};

export type Spec = {
  /** The file's name without ending: the vendor. */
  readonly vendor: string;
  readonly file: string;
  readonly document: JsonObject;
  readonly operations: readonly SpecOperation[];
};

/** Files in a spec folder that describe the mock itself. */
const RESERVED = new Set(['control', 'ledger']);

/**
 * Loads every OpenAPI file of the folders; a later folder's file replaces one of the same name.
 * Throws `MockError` `broken-spec` naming the file, and the line where it is known.
 */
export async function loadSpecs(folders: readonly string[]): Promise<readonly Spec[]> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const name of listFolder(folder)) {
      const { name: vendor, ext } = path.parse(name);
      if (!['.yaml', '.yml', '.json'].includes(ext) || RESERVED.has(vendor)) continue;
      files.set(vendor, path.join(folder, name));
    }
  }
  return Promise.all([...files].map(([vendor, file]) => loadSpec(vendor, file)));
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch (cause) {
    throw new MockError(
      'broken-spec',
      `The spec folder ${folder} cannot be read: ${messageOf(cause)}. Name a folder of OpenAPI files by --specs.`,
      { cause },
    );
  }
}

export async function loadSpec(vendor: string, file: string): Promise<Spec> {
  const document = parseSpec(file);
  let operations: readonly PrismOperation[];
  try {
    operations = await readOperations(document);
  } catch (cause) {
    throw new MockError('broken-spec', `${file}: ${messageOf(cause)}`, { cause });
  }
  const broken = findBrokenSchema(document, findSchemas(document));
  if (broken) throw new MockError('broken-spec', `${file} ${broken.pointer}: ${broken.message}`);
  const summaries = summariesOf(document);
  return {
    vendor,
    file,
    document,
    operations: operations.map((loaded) => {
      const prism = withoutEmptyParts(loaded);
      return {
        operation: toOperation(vendor, prism, summaries),
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

/** Prism compiles a path template for each request, and goes through headers and query, also where a list of them is empty. */
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

function parseSpec(file: string): JsonObject {
  const { value: document, fault } = parseLongYaml(readFileSync(file, 'utf8'));
  if (fault) throw new MockError('broken-spec', `${file}:${fault.line} ${fault.message}`);
  if (typeof document !== 'object' || document === null || !('openapi' in document)) {
    throw new MockError('broken-spec', `${file} is no OpenAPI file: it lacks "openapi".`);
  }
  return document as JsonObject;
}

type Wording = { readonly summary: string; readonly description: string };

/** Prism's form loses nothing else we need, but some versions drop the summary: take both from the file. */
function summariesOf(document: JsonObject): ReadonlyMap<string, Wording> {
  const found = new Map<string, Wording>();
  const paths = document['paths'] as Record<string, Record<string, Partial<Wording>>> | undefined;
  for (const [template, item] of Object.entries(paths ?? {})) {
    for (const [method, operation] of Object.entries(item ?? {})) {
      found.set(`${method} ${template}`, {
        summary: operation?.summary ?? '',
        description: operation?.description ?? '',
      });
    }
  }
  return found;
}

function toOperation(
  vendor: string,
  prism: PrismOperation,
  wording: ReadonlyMap<string, Wording>,
): Operation {
  const contents = prism.request?.body?.contents ?? [];
  const words = wording.get(`${prism.method.toLowerCase()} ${prism.path}`);
  return {
    vendor,
    id: prism.iid ?? `${prism.method} ${prism.path}`,
    method: prism.method.toUpperCase(),
    path: prism.path,
    summary: words?.summary ?? '',
    description: words?.description ?? '',
    body: contents[0]?.schema as Schema | undefined,
    consumes: contents.map((content) => content.mediaType.toLowerCase()),
    query: Object.fromEntries(
      (prism.request?.query ?? []).map((parameter) => [
        parameter.name,
        (parameter.schema ?? {}) as Schema,
      ]),
    ),
  };
}
