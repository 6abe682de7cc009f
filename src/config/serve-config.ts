/** The options of `serve`: flag, environment variable, default and help in one table, and what their values mean. */
import { readOptional, readRequired, type Given, type Option, type Value } from './options.ts';
import {
  oneOf,
  parseSettings,
  parseSize,
  parseSwitch,
  parseText,
  parseTime,
  parseToken,
  wholeFrom,
} from './parse-value.ts';

export type ServeConfig = {
  readonly port: number;
  readonly host: string;
  /** A folder, or `memory`. */
  readonly data: string;
  readonly durability: 'process' | 'disk';
  /** A name or a file. */
  readonly scenario: string;
  /** A folder with more OpenAPI files. */
  readonly specs: string | undefined;
  /** Whether a file in that folder that cannot be served keeps the mock from starting. */
  readonly strictSpecs: boolean;
  /** Undefined: as the scenario says, else `wire`. */
  readonly profile: 'wire' | 'strict' | undefined;
  /** Ledger choices. */
  readonly settings: Readonly<Record<string, string>>;
  /** What the user calls them: `--set`, `LICENSE_MOCK_SET`. */
  readonly settingsSource: string;
  /** Undefined: the scenario's. */
  readonly seed: number | undefined;
  /** Undefined: the scenario's. */
  readonly clock: string | undefined;
  /** Undefined: the scenario's. */
  readonly references: 'open' | 'closed' | undefined;
  readonly cors: boolean;
  /** How many sandboxes are held in memory at once. */
  readonly maxSandboxes: number;
  /** Names beside the usual ones whose values the journal does not show. */
  readonly redactedNames: readonly string[];
  /** Entries that a sandbox's journal keeps; 0: none. */
  readonly journalSize: number;
  /** Undefined: the control API is open to this machine alone. */
  readonly controlToken: string | undefined;
  readonly bodyLimitBytes: number;
  /** Longest document of a state that is imported. */
  readonly importLimitBytes: number;
  /** How many clients may be connected at once. */
  readonly maxConnections: number;
  readonly graceMs: number;
  readonly logLevel: string;
};

export const serveOptions: readonly Option[] = [
  { name: 'port', value: 'N', default: '4010', help: 'port to listen on; 0: any free one' },
  { name: 'host', value: 'ADDRESS', default: '127.0.0.1', help: 'address to listen on' },
  {
    name: 'data',
    value: 'DIR|memory',
    default: '.license-mock',
    help: 'folder that keeps the state, or memory: kept until the server stops',
  },
  {
    name: 'durability',
    value: 'process|disk',
    default: 'process',
    help: 'what an answered write survives: kill -9, or also a power cut',
  },
  {
    name: 'scenario',
    value: 'NAME|FILE',
    default: 'demo',
    help: 'what a new sandbox starts with: demo, empty, ./mine.yaml',
  },
  {
    name: 'specs',
    value: 'DIR',
    default: undefined,
    help: 'folder with more OpenAPI files to serve',
  },
  {
    name: 'strict-specs',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: 'refuse to start if an OpenAPI file or operation cannot be served',
  },
  {
    name: 'profile',
    value: 'wire|strict',
    default: undefined,
    help: 'tolerate what the vendor tolerates and warn (wire), or refuse it (strict); default wire',
  },
  {
    name: 'set',
    value: 'ID=CHOICE',
    default: undefined,
    help: 'choose what a ledger row does; specs/ledger.yaml lists them; may be repeated',
    repeats: true,
  },
  {
    name: 'seed',
    value: 'N',
    default: undefined,
    help: "seed of generated values; default the scenario's, 1",
  },
  {
    name: 'clock',
    value: 'ISO|now',
    default: undefined,
    help: "freeze a new sandbox's clock at an instant, or let it run; default the scenario's",
  },
  {
    name: 'references',
    value: 'open|closed',
    default: undefined,
    help: "create unknown platforms, clients, courses on first use, or refuse them; default the scenario's",
  },
  {
    name: 'cors',
    value: 'on|off',
    default: 'on',
    help: 'let pages of any origin call the vendors',
  },
  {
    name: 'max-sandboxes',
    value: 'N',
    default: '1000',
    help: 'sandboxes held in memory; with a data folder idle ones beyond are read again when used',
  },
  {
    name: 'redact',
    value: 'NAME',
    default: undefined,
    help: 'part of the name of headers, fields and parameters that the journal does not show, beside tokens, keys, passwords; may be repeated',
    repeats: true,
  },
  {
    name: 'journal-size',
    value: 'N',
    default: '1000',
    help: 'requests that each sandbox remembers; 0: none',
  },
  {
    name: 'control-token',
    value: 'TOKEN',
    default: undefined,
    help: 'who sends it as Authorization: Bearer may use /_mock, from anywhere; without it only this machine may',
  },
  { name: 'body-limit', value: 'SIZE', default: '1mb', help: 'longest request body: 500kb, 1mb' },
  {
    name: 'import-limit',
    value: 'SIZE',
    default: '256mb',
    help: 'longest state that can be imported',
  },
  {
    name: 'max-connections',
    value: 'N',
    default: '1000',
    help: 'connections open at once; one more is told so and closed',
  },
  { name: 'grace', value: 'TIME', default: '10s', help: 'how long a stop waits for open requests' },
  {
    name: 'log-level',
    value: 'LEVEL',
    default: 'info',
    help: 'trace, debug, info, warn, error, silent',
  },
];

/** Throws `MockError` `bad-option` naming the flag or variable, the value and what is allowed. */
export function parseServeConfig(given: Given): ServeConfig {
  const required = <T>(name: string, parse: (value: Value) => T) =>
    readRequired(given, name, parse);
  const optional = <T>(name: string, parse: (value: Value) => T) =>
    readOptional(given, name, parse);
  const { set = [], redact = [] } = given;
  return {
    port: required('port', wholeFrom(0, 65_535)),
    host: required('host', parseText),
    data: required('data', parseText),
    durability: required('durability', oneOf('process', 'disk')),
    scenario: required('scenario', parseText),
    specs: optional('specs', parseText),
    strictSpecs: required('strict-specs', parseSwitch),
    profile: optional('profile', oneOf('wire', 'strict')),
    settings: parseSettings(set),
    settingsSource: set[0]?.source ?? '--set',
    seed: optional('seed', wholeFrom(0, 4_294_967_295)),
    clock: optional('clock', parseText),
    references: optional('references', oneOf('open', 'closed')),
    cors: required('cors', parseSwitch),
    maxSandboxes: required('max-sandboxes', wholeFrom(0, 1_000_000)),
    redactedNames: redact.map(({ text }) => text.trim()),
    journalSize: required('journal-size', wholeFrom(0, 1_000_000)),
    controlToken: optional('control-token', parseToken),
    bodyLimitBytes: required('body-limit', parseSize),
    importLimitBytes: required('import-limit', parseSize),
    maxConnections: required('max-connections', wholeFrom(0, 1_000_000)),
    graceMs: required('grace', parseTime),
    logLevel: required('log-level', oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent')),
  };
}
