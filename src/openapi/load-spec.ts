/** Reads OpenAPI files into operations, for the vendors and for Prism. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { MockError, messageOf } from '../errors.ts';
import {
  findDocumentFault,
  operationsOf,
  type DocumentedOperation,
  type SpecDocument,
} from './document.ts';
import { findBodySchema, type BodySchema } from './prism-validators.ts';
import { findSchemas } from './find-schemas.ts';
import { readOperations, type PrismOperation } from './read-operations.ts';
import { findBrokenSchema } from '../schema/json-schema.ts';
import { parseLongYaml } from '../yaml/yaml-document.ts';
import type { Operation, Schema } from './operation.ts';

export type SpecOperation = {
  readonly operation: Operation;
  /** The operation as it stands in the document. */
  readonly documented: DocumentedOperation;
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
  readonly document: SpecDocument;
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

type Loaded = { readonly version: string; readonly spec: Promise<Spec> };

/** By file: a second server in one process, as tests start them, need not read the same files again. */
const specs = new Map<string, Loaded>();
const MAX_LOADED = 100;

/** What it gives is never changed, and shared by all who load the same file as long as it stays as it is. */
export function loadSpec(vendor: string, file: string): Promise<Spec> {
  const { mtimeMs, size } = statSync(file);
  const version = `${vendor} ${mtimeMs} ${size}`;
  const known = specs.get(file);
  if (known?.version === version) return known.spec;
  if (specs.size >= MAX_LOADED) specs.clear();
  const spec = readSpec(vendor, file);
  specs.set(file, { version, spec });
  return spec;
}

async function readSpec(vendor: string, file: string): Promise<Spec> {
  const document = parseSpec(file);
  let operations: readonly PrismOperation[];
  try {
    operations = await readOperations(document);
  } catch (cause) {
    throw new MockError('broken-spec', `${file}: ${messageOf(cause)}`, { cause });
  }
  const broken = findBrokenSchema(document, findSchemas(document));
  if (broken) throw new MockError('broken-spec', `${file} ${broken.pointer}: ${broken.message}`);
  const documented = operationsOf(document);
  return {
    vendor,
    file,
    document,
    operations: operations.map((loaded) => {
      const prism = withoutEmptyParts(loaded);
      // A path that is a reference into another file stands in no document of ours.
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

function parseSpec(file: string): SpecDocument {
  const { value, fault, lineOf } = parseLongYaml(readFileSync(file, 'utf8'));
  if (fault) throw new MockError('broken-spec', `${file}:${fault.line} ${fault.message}`);
  const wrong = findDocumentFault(value);
  if (!wrong) return value as SpecDocument;
  throw new MockError(
    'broken-spec',
    wrong.path.length === 0
      ? `${file} is not an OpenAPI 3 file: it ${wrong.message}`
      : `${file}:${lineOf(wrong.path)} ${wrong.path.join('.')}: ${wrong.message}`,
  );
}

/** Prism's form of an operation drops the summary in some versions: both texts come from the document. */
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
