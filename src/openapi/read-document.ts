/** Reads an OpenAPI file, with what it refers to in other files. */
import { readFileSync } from 'node:fs';
import RefParser from '@stoplight/json-schema-ref-parser';
import { MockError, messageOf } from '../errors.ts';
import { parseLongYaml } from '../yaml/yaml-document.ts';
import { findDocumentFault, type SpecDocument } from './document.ts';

export type ReadDocument = {
  /** References lead to other places in the same document alone. */
  readonly document: SpecDocument;
  /** The line, from 1, of what is at a path of the file. */
  lineOf(path: readonly string[]): number;
};

const EXTERNAL = /["']?\$ref["']?\s*:\s*["']?[^"'#\s]/;

/** Throws `MockError` `broken-spec` naming the file, and the line where it is known. */
export async function readDocument(file: string): Promise<ReadDocument> {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const { value, fault, lineOf } = parseLongYaml(text);
  if (fault) throw new MockError('broken-spec', `${file}:${fault.line} ${fault.message}`);
  const wrong = findDocumentFault(value);
  if (wrong) {
    throw new MockError(
      'broken-spec',
      wrong.path.length === 0
        ? `${file} is not an OpenAPI file: it ${wrong.message}`
        : `${file}:${lineOf(wrong.path)} ${wrong.path.join('.')}: ${wrong.message}`,
    );
  }
  const document = value as SpecDocument;
  if (!EXTERNAL.test(text)) return { document, lineOf };
  return { document: await bundle(file, document), lineOf };
}

/** References to other files are relative to the file that holds them. */
async function bundle(file: string, document: SpecDocument): Promise<SpecDocument> {
  try {
    return (await new RefParser().bundle(file, document as object, {})) as SpecDocument;
  } catch (cause) {
    throw new MockError('broken-spec', `${file}: ${messageOf(cause)}`, { cause });
  }
}
