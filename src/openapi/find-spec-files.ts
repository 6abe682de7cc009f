/** Finds the OpenAPI documents in a user's folder and its subfolders. */
import { closeSync, openSync, readdirSync, readSync, statSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { MockError, messageOf } from '../errors.ts';
import { isJsonObject } from '../messages/json.ts';
import { decodeText, readText } from '../yaml/read-text.ts';
import { parseLongYaml } from '../yaml/yaml-document.ts';

/** The start of an OpenAPI file, after optional comments and an opening brace. */
const START = /^(?:\s|#.*(?:\n|$)|---)*\{?\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/;
/** Recognizes a file that cannot be parsed but is meant to be an OpenAPI document. */
const ANYWHERE = /^\s*\{?\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?v?\d/m;
const START_BYTES = 4_096;

/** Sorted by name. Omits other files, including parts that documents refer to. */
export function findSpecFiles(folder: string): readonly string[] {
  return listFiles(folder).filter(isSpec).toSorted();
}

function listFiles(folder: string): readonly string[] {
  return readFolder(folder)
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return listFiles(file);
      // Kubernetes mounts each file as a link. A link to a folder can form a cycle.
      const isFile = entry.isSymbolicLink()
        ? statSync(file, { throwIfNoEntry: false })?.isFile()
        : entry.isFile();
      return isFile ? [file] : [];
    });
}

function readFolder(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new MockError(
      'broken-spec',
      `The spec folder ${folder} cannot be read: ${messageOf(cause)}. Name a folder of OpenAPI files by --specs.`,
      { cause },
    );
  }
}

/** True if the file is a document, or is meant to be one. */
function isSpec(file: string): boolean {
  if (START.test(readStart(file))) return true;
  if (!/\.(?:ya?ml|json)$/i.test(file)) return false;
  const text = readText(file);
  if (!/openapi|swagger/.test(text)) return false;
  const { value, fault } = parseLongYaml(text);
  if (fault) return ANYWHERE.test(text);
  if (!isJsonObject(value)) return false;
  const { openapi, swagger, paths } = value;
  if (openapi === undefined && swagger === undefined) return false;
  // Settings of a tool may have a field of this name: `openapi: { enabled: true }`, `swagger: api.yaml`.
  return /^v?\d/.test(String(openapi ?? swagger)) || paths !== undefined;
}

function readStart(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(START_BYTES);
    return decodeText(bytes.subarray(0, readSync(handle, bytes, 0, START_BYTES, 0)));
  } finally {
    closeSync(handle);
  }
}
