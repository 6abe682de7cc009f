/** Reads an OpenAPI file, with what it refers to in other files. */
import RefParser from '@stoplight/json-schema-ref-parser';
import { MockError, messageOf } from '../errors.ts';
import { parseLongYaml } from '../yaml/yaml-document.ts';
import { findDocumentFault, type SpecDocument } from './document.ts';

export type ReadDocument = {
  /** All references lead to places in the same document. */
  readonly document: SpecDocument;
  /** The line, from 1, of what is at a path of the file. */
  lineOf(path: readonly string[]): number;
};

const REFERENCE = /["']?\$ref["']?\s*:\s*["']?([^"'\s,}]+)/;
const EXTERNAL = /["']?\$ref["']?\s*:\s*["']?[^"'#\s]/;

/** `text`: that of the file. Throws `MockError` `broken-spec`, whose message names the file and, if known, the line. */
export async function readDocument(file: string, text: string): Promise<ReadDocument> {
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
  return { document: await bundle(file, text, document), lineOf };
}

/** References to other files are relative to the file that holds them. */
async function bundle(file: string, text: string, document: SpecDocument): Promise<SpecDocument> {
  try {
    return (await new RefParser().bundle(file, document as object, {})) as SpecDocument;
  } catch (cause) {
    const message = messageOf(cause);
    throw new MockError('broken-spec', `${file}:${lineOfReference(text, message)} ${message}`, {
      cause,
    });
  }
}

/** The line of the reference to the file that the message names; 1 if the reference is in another file. */
function lineOfReference(text: string, message: string): number {
  const lines = text.split('\n');
  const isMeant = (line: string): boolean => {
    const [, target = ''] = REFERENCE.exec(line) ?? [];
    const [name = ''] = target.split('#')[0]?.split('/').slice(-1) ?? [];
    return name !== '' && message.includes(decodeURI(name));
  };
  return lines.findIndex(isMeant) + 1 || 1;
}
