/** The options of `serve` from flags, environment and config file. */
import path from 'node:path';
import { findConfigFile, readConfigFile, type ConfigFile } from '../config/config-file.ts';
import {
  readOptional,
  readOptions,
  type Environment,
  type Flags,
  type Given,
  type Option,
} from '../config/options.ts';
import { parseText } from '../config/parse-value.ts';
import { serveOptions } from '../config/serve-config.ts';

export const configOption: Option = {
  name: 'config',
  value: 'FILE',
  default: undefined,
  fallback: 'license-mock.config.yaml, .json or .ts here or in a folder above',
  help: 'file with options; flags and variables override it',
  variable: 'LICENSE_MOCK_CONFIG',
};

export type ServeOptions = {
  readonly given: Given;
  /** Undefined: there is none. */
  readonly file: ConfigFile | undefined;
};

/** `fresh` differs whenever the file has changed. Rejects with `MockError` `bad-option`. */
export async function readServeOptions(
  flags: Flags,
  environment: Environment,
  fresh = 0,
): Promise<ServeOptions> {
  const named = readOptional(
    readOptions([configOption], flags, environment),
    configOption.name,
    parseText,
  );
  const found = named === undefined ? findConfigFile(process.cwd()) : path.resolve(named);
  const file = found === undefined ? undefined : await readConfigFile(found, serveOptions, fresh);
  return {
    given: readOptions(serveOptions, flags, environment, undefined, file?.values),
    file,
  };
}
