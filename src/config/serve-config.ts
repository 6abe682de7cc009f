/** The options of `serve` in one table (flag, environment variable, default, help), and their parsers. */
import type { Trust } from '../messages/public-address.ts';
import { parseUpstreams, upstreamOptions, type UpstreamConfig } from './upstream-options.ts';
import {
  readOptional,
  readRequired,
  variableOf,
  wrong,
  type Given,
  type Option,
  type Value,
} from './options.ts';
import {
  oneOf,
  parseOrigin,
  parseSettings,
  parseSize,
  parseSwitch,
  parseText,
  parseTime,
  parseToken,
  parseTrustProxy,
  parseUrl,
  wholeFrom,
} from './parse-value.ts';

export type ServeConfig = {
  readonly port: number;
  readonly host: string;
  /** A folder, or `memory`. */
  readonly data: string;
  readonly durability: 'process' | 'disk';
  /** Whether the sandbox `default` starts over, whatever is stored of it. */
  readonly fresh: boolean;
  /** A name or a file. */
  readonly scenario: string;
  /** A folder with more OpenAPI files. */
  readonly specs: string | undefined;
  /** Files of `license-mock calibrate`, at most one of a vendor. */
  readonly calibrations: readonly string[];
  /** Whether a file in that folder that cannot be served keeps the mock from starting. */
  readonly strictSpecs: boolean;
  /** Whether edited files are taken over while the server runs, and whether sandboxes then start over. */
  readonly watch: 'off' | 'on' | 'reset';
  /** Undefined: the scenario's, or `wire`. */
  readonly profile: 'wire' | 'strict' | undefined;
  /** Ledger choices. */
  readonly settings: Readonly<Record<string, string>>;
  /** Their source: `--set` or `LICENSE_MOCK_SET`. */
  readonly settingsSource: string;
  /** Undefined: the scenario's. */
  readonly seed: number | undefined;
  /** Undefined: the scenario's. */
  readonly clock: string | undefined;
  /** Undefined: the scenario's. */
  readonly references: 'open' | 'closed' | undefined;
  /** Whether the vendors accept every well-formed token. */
  readonly acceptAnyToken: boolean;
  /** Whether web pages of other origins may call the vendors and, with a token, the control API. */
  readonly cors: boolean;
  /** The origins that may. Empty: all. */
  readonly corsOrigins: readonly string[];
  /** What absolute links start with. Undefined: what the request says. */
  readonly baseUrl: string | undefined;
  /** Whether a peer is a proxy whose forwarding headers count. Undefined: none is. */
  readonly trust: Trust | undefined;
  /** PEM files for HTTPS. Undefined: HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
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
  readonly bodyLimitBytes: number;
  /** Maximum size of an imported state. */
  readonly importLimitBytes: number;
  /** Maximum number of open connections. */
  readonly maxConnections: number;
  readonly graceMs: number;
  /** The live vendors. */
  readonly upstreams: readonly UpstreamConfig[];
  readonly logLevel: string;
};

const table: readonly Option[] = [
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
  {
    name: 'data',
    pathIn: (text) => text !== 'memory' && !text.startsWith('postgres'),
    value: 'DIR|memory',
    default: '.license-mock',
    help: 'folder for the state; "memory" loses it when the server stops',
  },
  {
    name: 'fresh',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: 'discard the stored state of the sandbox "default" and start it from the scenario; other sandboxes stay',
  },
  {
    name: 'durability',
    value: 'process|disk',
    default: 'process',
    help: 'what stored changes survive: a process crash, or also a power failure (disk)',
  },
  {
    name: 'scenario',
    pathIn: (text) => /[/\\]|\.ya?ml$/.test(text),
    value: 'NAME|FILE',
    default: 'demo',
    help: 'initial state of a new sandbox, such as demo, empty or ./mine.yaml',
  },
  {
    name: 'specs',
    pathIn: () => true,
    value: 'DIR',
    default: undefined,
    help: 'folder with more OpenAPI files to serve',
  },
  {
    name: 'calibration',
    pathIn: () => true,
    value: 'FILE',
    default: undefined,
    repeats: true,
    help: 'answer as the live vendor of this calibration does; see calibrate',
    variable: variableOf('calibration'),
  },
  {
    name: 'strict-specs',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: 'refuse to start if an OpenAPI file or operation cannot be served',
  },
  {
    name: 'watch',
    value: 'on|off|reset',
    default: 'off',
    isSwitch: true,
    isForCommand: true,
    help: 'take over edited scenarios, specs and config files; reset also starts over the sandboxes that they made',
  },
  {
    name: 'profile',
    value: 'wire|strict',
    default: undefined,
    fallback: "the scenario's, else wire",
    help: 'accept what the vendor tolerates, with a warning (wire), or refuse it (strict)',
  },
  {
    name: 'set',
    value: 'ID=CHOICE',
    default: undefined,
    help: 'choose the behavior of a ledger row; see specs/ledger.yaml',
    repeats: true,
  },
  {
    name: 'seed',
    value: 'N',
    default: undefined,
    fallback: "the scenario's, else 1",
    help: 'seed for generated values',
  },
  {
    name: 'clock',
    value: 'ISO|now',
    default: undefined,
    fallback: "the scenario's, else now",
    help: 'freeze the clock of new sandboxes at this time, or let it run (now)',
  },
  {
    name: 'references',
    value: 'open|closed',
    default: undefined,
    fallback: "the scenario's, else open",
    help: 'create unknown platforms, clients and courses on first use (open), or refuse them (closed)',
  },
  {
    name: 'accept-any-token',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: "accept every well-formed token as an administrator's, also those that no scenario lists",
  },
  {
    name: 'cors',
    value: 'on|off',
    default: 'on',
    isSwitch: true,
    help: 'allow web pages of other origins to call the vendors and, with a token, the control API',
  },
  {
    name: 'cors-origin',
    value: 'ORIGIN',
    default: undefined,
    fallback: 'any',
    help: 'allow only web pages of this origin, such as http://localhost:5173',
    repeats: true,
  },
  {
    name: 'base-url',
    value: 'URL',
    default: undefined,
    fallback: 'as the client sees it',
    help: 'what absolute links in answers start with',
  },
  {
    name: 'trust-proxy',
    value: 'PROXIES',
    default: 'false',
    help: "proxies whose X-Forwarded-… and Forwarded headers count, in the syntax of Express' setting: true, a number, or addresses such as loopback,10.0.0.0/8",
  },
  {
    name: 'tls-cert',
    isForCommand: true,
    pathIn: () => true,
    value: 'FILE',
    default: undefined,
    help: 'serve HTTPS with this certificate (PEM)',
  },
  {
    name: 'tls-key',
    isForCommand: true,
    pathIn: () => true,
    value: 'FILE',
    default: undefined,
    help: 'the private key of --tls-cert (PEM)',
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
    help: 'how many sandboxes to hold in memory; with a data folder, idle ones are reloaded when used',
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
    name: 'body-limit',
    value: 'SIZE',
    default: '1mb',
    help: 'longest request body, such as 500kb or 1mb',
  },
  {
    name: 'import-limit',
    value: 'SIZE',
    default: '256mb',
    help: 'largest state that can be imported',
  },
  {
    name: 'max-connections',
    value: 'N',
    default: '1000',
    help: 'how many connections may be open at once; further ones get 503',
  },
  {
    name: 'grace',
    value: 'TIME',
    default: '10s',
    help: 'how long to wait for open requests when stopping',
  },
  ...upstreamOptions,
  {
    name: 'log-level',
    value: 'LEVEL',
    default: 'info',
    help: 'trace, debug, info, warn, error or silent',
  },
];

/** Each one has an environment variable. */
export const serveOptions: readonly Option[] = table.map((option) => ({
  ...option,
  variable: variableOf(option.name),
}));

function parseWatch(value: Value): ServeConfig['watch'] {
  if (value.text === 'reset') return 'reset';
  return parseSwitch(value) ? 'on' : 'off';
}

/** Both files or none. */
function readTls(given: Given): ServeConfig['tls'] {
  const cert = readOptional(given, 'tls-cert', parseText);
  const key = readOptional(given, 'tls-key', parseText);
  if (cert !== undefined && key !== undefined) return { cert, key };
  const value = given['tls-cert']?.at(-1) ?? given['tls-key']?.at(-1);
  if (value) throw wrong(value, 'HTTPS needs both --tls-cert and --tls-key');
  return undefined;
}

/** Throws `MockError` `bad-option` with the flag or variable, the value and the allowed values. */
export function parseServeConfig(given: Given): ServeConfig {
  const required = <T>(name: string, parse: (value: Value) => T) =>
    readRequired(given, name, parse);
  const optional = <T>(name: string, parse: (value: Value) => T) =>
    readOptional(given, name, parse);
  const { set = [], redact = [], calibration = [], 'cors-origin': corsOrigins = [] } = given;
  return {
    port: required('port', wholeFrom(0, 65_535)),
    host: required('host', parseText),
    data: required('data', parseText),
    fresh: required('fresh', parseSwitch),
    durability: required('durability', oneOf('process', 'disk')),
    scenario: required('scenario', parseText),
    specs: optional('specs', parseText),
    calibrations: calibration.map(parseText),
    watch: required('watch', parseWatch),
    strictSpecs: required('strict-specs', parseSwitch),
    profile: optional('profile', oneOf('wire', 'strict')),
    settings: parseSettings(set),
    settingsSource: set[0]?.source ?? '--set',
    seed: optional('seed', wholeFrom(0, 4_294_967_295)),
    clock: optional('clock', parseText),
    references: optional('references', oneOf('open', 'closed')),
    acceptAnyToken: required('accept-any-token', parseSwitch),
    cors: required('cors', parseSwitch),
    corsOrigins: corsOrigins.map(parseOrigin),
    baseUrl: optional('base-url', parseUrl),
    trust: required('trust-proxy', parseTrustProxy),
    tls: readTls(given),
    sandboxes: required('sandboxes', oneOf('open', 'named')),
    maxSandboxes: required('max-sandboxes', wholeFrom(0, 1_000_000)),
    redactedNames: redact.map(({ text }) => text.trim()),
    journalSize: required('journal-size', wholeFrom(0, 1_000_000)),
    controlToken: optional('control-token', parseToken),
    generateToken: required('generate-token', parseSwitch),
    addressFile: optional('address-file', parseText),
    bodyLimitBytes: required('body-limit', parseSize),
    importLimitBytes: required('import-limit', parseSize),
    maxConnections: required('max-connections', wholeFrom(0, 1_000_000)),
    graceMs: required('grace', parseTime),
    upstreams: parseUpstreams(given),
    logLevel: required('log-level', oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent')),
  };
}
