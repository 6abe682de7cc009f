/** All options of `serve`: each group has a file with its table (flag, default, help) and its parser. */
import { checkShared, dataOptions, parseDataOptions, type DataConfig } from './data-options.ts';
import { httpOptions, parseHttpOptions, type HttpConfig } from './http-options.ts';
import {
  readOptional,
  readRequired,
  variableOf,
  type Environment,
  type Given,
  type Option,
  type Value,
} from './options.ts';
import { oneOf, parseSwitch, parseText, parseToken, wholeFrom } from './parse-value.ts';
import { parseUpstreams, upstreamOptions, type UpstreamConfig } from './upstream-options.ts';
import { parseWorldOptions, worldOptions, type WorldConfig } from './world-options.ts';

export type ServeConfig = DataConfig &
  WorldConfig &
  HttpConfig & {
    readonly port: number;
    readonly host: string;
    /** Whether edited files are taken over while the server runs, and whether sandboxes then start over. */
    readonly watch: 'off' | 'on' | 'reset';
    /** Whether the first request to an unknown sandbox creates it. */
    readonly sandboxes: 'open' | 'named';
    /** Maximum number of sandboxes in memory. */
    readonly maxSandboxes: number;
    /** Additional names whose values the journal hides. */
    readonly redactedNames: readonly string[];
    /** Journal entries per sandbox. 0: none. */
    readonly journalSize: number;
    /** Undefined: only this machine may use the control API. */
    readonly controlToken: string | undefined;
    /** Whether to make a token if there is none. */
    readonly generateToken: boolean;
    /** The file to write the server's URL to. */
    readonly addressFile: string | undefined;
    /** The live vendors. */
    readonly upstreams: readonly UpstreamConfig[];
    readonly logLevel: string;
  };

const addressOptions: readonly Option[] = [
  {
    name: 'port',
    short: 'p',
    sharedVariable: 'PORT',
    value: 'N',
    default: '4010',
    help: 'port to listen on; 0 picks a free one',
  },
  {
    name: 'host',
    value: 'ADDRESS',
    default: 'localhost',
    help: 'address to listen on; localhost is 127.0.0.1 and ::1, and 0.0.0.0 is every interface',
  },
];

const otherOptions: readonly Option[] = [
  {
    name: 'watch',
    value: 'on|off|reset',
    default: 'off',
    isSwitch: true,
    isForCommand: true,
    help: 'take over edited scenarios, specs and config files; reset also starts over the sandboxes that they made',
  },
  {
    name: 'sandboxes',
    value: 'open|named',
    default: 'open',
    help: 'create a sandbox on the first request to it (open), or answer 404 until it is created by name (named)',
  },
  {
    name: 'max-sandboxes',
    value: 'N',
    default: '1000',
    help: 'how many sandboxes to hold in memory; with --data memory the most there can be, else idle ones are reloaded when used',
  },
  {
    name: 'redact',
    value: 'NAME',
    default: undefined,
    help: 'in the journal, hide headers, fields and parameters whose name contains this; tokens, keys and passwords are always hidden',
    repeats: true,
  },
  {
    name: 'journal-size',
    value: 'N',
    default: '1000',
    help: 'how many requests each sandbox keeps; 0 for none',
  },
  {
    name: 'control-token',
    value: 'TOKEN',
    default: undefined,
    help: 'bearer token for the control API (/_mock); without it, only this machine may connect',
  },
  {
    name: 'generate-token',
    isForCommand: true,
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: 'if there is no --control-token, make one and print it',
  },
  {
    name: 'address-file',
    pathIn: () => true,
    isForCommand: true,
    value: 'FILE',
    default: undefined,
    help: 'write the URL of the server into this file once it is ready; useful with --port 0',
  },
  {
    name: 'log-level',
    value: 'LEVEL',
    default: 'info',
    help: 'trace, debug, info, warn, error or silent',
  },
];

/** Each one has an environment variable. */
export const serveOptions: readonly Option[] = [
  ...addressOptions,
  ...dataOptions,
  ...worldOptions,
  ...httpOptions,
  ...otherOptions,
  ...upstreamOptions,
].map((option) => ({ ...option, variable: variableOf(option.name) }));

/**
 * `environment`: for values such as `env:NAME`. Throws `MockError` `bad-option` with the flag or variable, the value and
 * the allowed values.
 */
export function parseServeConfig(given: Given, environment: Environment = {}): ServeConfig {
  const required = <T>(name: string, parse: (value: Value) => T) =>
    readRequired(given, name, parse);
  const { redact = [] } = given;
  const config: ServeConfig = {
    port: required('port', wholeFrom(0, 65_535)),
    host: required('host', parseText),
    ...parseDataOptions(given, environment),
    ...parseWorldOptions(given),
    ...parseHttpOptions(given),
    watch: required('watch', parseWatch),
    sandboxes: required('sandboxes', oneOf('open', 'named')),
    maxSandboxes: required('max-sandboxes', wholeFrom(0, 1_000_000)),
    redactedNames: redact.map(({ text }) => text.trim()),
    journalSize: required('journal-size', wholeFrom(0, 1_000_000)),
    controlToken: readOptional(given, 'control-token', parseToken),
    generateToken: required('generate-token', parseSwitch),
    addressFile: readOptional(given, 'address-file', parseText),
    upstreams: parseUpstreams(given),
    logLevel: required('log-level', oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent')),
  };
  checkShared(given, config);
  return config;
}

function parseWatch(value: Value): ServeConfig['watch'] {
  if (value.text === 'reset') return 'reset';
  return parseSwitch(value) ? 'on' : 'off';
}
