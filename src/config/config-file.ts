/** Reads `license-mock.config.yaml`: options of `serve` under their long names. Flags and variables override it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MockError, messageOf } from '../errors.ts';
import { findSimilar } from '../matching/nearest.ts';
import { parseYaml } from '../yaml/yaml-document.ts';
import type { Option, Value } from './options.ts';

/** The first that exists counts. */
const NAMES = ['yaml', 'yml', 'json', 'ts', 'js'].map((ending) => `license-mock.config.${ending}`);

export type ConfigFile = {
  /** The absolute path. */
  readonly file: string;
  /** The values by option. */
  readonly values: Readonly<Record<string, readonly Value[]>>;
};

export function isConfigName(name: string): boolean {
  return NAMES.includes(name);
}

/** In the folder or in one above it. */
export function findConfigFile(folder: string): string | undefined {
  const file = NAMES.map((name) => path.join(folder, name)).find(existsSync);
  const above = path.dirname(folder);
  return file ?? (above === folder ? undefined : findConfigFile(above));
}

/** Rejects with `MockError` `bad-option` that names file, line and option. `fresh` differs whenever the file has changed. */
export async function readConfigFile(
  file: string,
  options: readonly Option[],
  fresh = 0,
): Promise<ConfigFile> {
  const name = path.relative(process.cwd(), file);
  const { value, lineOf } = await readDocument(file, name, fresh);
  const at = (...keys: readonly string[]): string => (lineOf ? `${name}:${lineOf(keys)}` : name);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const wanted = lineOf
      ? 'contain options, such as "port: 4010"'
      : 'have a default export of options, such as "export default { port: 4010 }"';
    throw new MockError('bad-option', `${name} must ${wanted}.`);
  }
  const { $schema: _forEditors, ...keys } = value as Record<string, unknown>;
  const values = Object.entries(keys).map(([key, written]) => {
    const option = options.find((each) => each.name === key);
    if (!option) throw unknownKey(key, at(key), options);
    const texts = textsOf(option, written, at(key)).map((text) => resolve(option, text, file));
    return [key, texts.map((text): Value => ({ source: `${key} in ${at(key)}`, text }))] as const;
  });
  return { file, values: Object.fromEntries(values) };
}

type Document = {
  readonly value: unknown;
  /** Undefined: the value comes from code, which has no lines for it. */
  readonly lineOf?: (keys: readonly string[]) => number;
};

async function readDocument(file: string, name: string, fresh: number): Promise<Document> {
  if (/\.[jt]s$/.test(file)) {
    try {
      const url = `${pathToFileURL(file).href}?${fresh}`;
      const { default: value } = (await import(url)) as { readonly default: unknown };
      return { value };
    } catch (cause) {
      throw new MockError('bad-option', `${name} cannot be loaded: ${messageOf(cause)}.`, {
        cause,
      });
    }
  }
  const { value, fault, lineOf } = parseYaml(readText(file, name));
  if (fault) throw new MockError('bad-option', `${name}:${fault.line} ${fault.message}`);
  return { value: value ?? {}, lineOf };
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MockError('bad-option', `${name} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}

/** A list for an option that can be repeated; `set` can also be an object: `{ IBL-PAGE-LINKS: integers }`. */
function textsOf({ name, repeats }: Option, written: unknown, at: string): readonly string[] {
  const isMap = typeof written === 'object' && written !== null && !Array.isArray(written);
  if (name === 'set' && isMap) {
    return Object.entries(written).map(([id, choice]) => `${id}=${String(choice)}`);
  }
  const list = Array.isArray(written) && repeats ? (written as unknown[]) : [written];
  return list.map((each) => {
    if (['string', 'number', 'boolean'].includes(typeof each)) return String(each);
    const wanted = repeats ? 'a text or a list of texts' : 'a text, a number, true or false';
    throw new MockError('bad-option', `${at} ${name}: write ${wanted}.`);
  });
}

/** Paths are relative to the file, so that it means the same in every folder below. */
function resolve({ pathIn }: Option, text: string, file: string): string {
  return pathIn?.(text) ? path.resolve(path.dirname(file), text) : text;
}

function unknownKey(key: string, at: string, options: readonly Option[]): MockError {
  const names = options.map(({ name }) => name);
  const similar = findSimilar(key, names);
  const advice =
    similar === undefined ? `The options: ${names.join(', ')}` : `Did you mean ${similar}?`;
  return new MockError('bad-option', `${at} ${key}: there is no such option. ${advice}`);
}
