/** The options of `serve`, in one table: flag, environment variable, default, check, help. */
import { MockError } from './errors.ts';

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
  /** Undefined: as the scenario says, else `wire`. */
  readonly profile: 'wire' | 'strict' | undefined;
  /** Ledger choices. */
  readonly settings: Readonly<Record<string, string>>;
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

/** An option as help shows it and `parseServeConfig` reads it. */
export type Option = {
  readonly name: string;
  /** What stands for the value in help: `N`, `DIR`, `a|b`. */
  readonly value: string;
  readonly default: string | undefined;
  readonly help: string;
  /** True: may be given several times. */
  readonly repeats?: true;
  /** True: it is on or not there, and takes no value. */
  readonly isSwitch?: true;
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
    name: 'profile',
    value: 'wire|strict',
    default: undefined,
    help: 'tolerate what the vendor tolerates and warn (wire), or refuse it (strict); default wire',
  },
  {
    name: 'set',
    value: 'ID=CHOICE',
    default: undefined,
    help: 'switch a row of the ledger, see specs/ledger.yaml; may be repeated',
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

/** What was given for each option: by flag, by environment, or its default. */
export type Given = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A flag beats `LICENSE_MOCK_<NAME>`, which beats the default. A repeated option's variable is split at commas. */
export function withEnvironment(
  options: readonly Option[],
  flags: Given,
  environment: Readonly<Record<string, string | undefined>>,
): Given {
  return Object.fromEntries(
    options.map(({ name, default: fallback, repeats }) => {
      const variable = environment[`LICENSE_MOCK_${name.toUpperCase().replaceAll('-', '_')}`];
      const fromEnvironment = repeats ? variable?.split(',') : variable;
      return [name, flags[name] ?? fromEnvironment ?? fallback];
    }),
  );
}

/** Throws `MockError` `bad-option` naming the option, the value and what is allowed. */
export function parseServeConfig(given: Given): ServeConfig {
  const text = (name: string) => String(given[name]);
  const optional = (name: string) => (given[name] === undefined ? undefined : String(given[name]));
  return {
    port: parseWhole('port', text('port'), 65_535),
    host: text('host'),
    data: text('data'),
    durability: parseChoice('durability', text('durability'), ['process', 'disk']),
    scenario: text('scenario'),
    specs: optional('specs'),
    profile:
      given['profile'] === undefined
        ? undefined
        : parseChoice('profile', text('profile'), ['wire', 'strict']),
    settings: parseSettings(given['set'] ?? []),
    seed: given['seed'] === undefined ? undefined : parseWhole('seed', text('seed'), 4_294_967_295),
    clock: optional('clock'),
    references:
      given['references'] === undefined
        ? undefined
        : parseChoice('references', text('references'), ['open', 'closed']),
    cors: parseChoice('cors', text('cors'), ['on', 'off']) === 'on',
    maxSandboxes: parseWhole('max-sandboxes', text('max-sandboxes'), 1_000_000),
    redactedNames: [given['redact'] ?? []].flat().map((name) => name.trim()),
    journalSize: parseWhole('journal-size', text('journal-size'), 1_000_000),
    controlToken: parseToken('control-token', optional('control-token')),
    bodyLimitBytes: parseSize('body-limit', text('body-limit')),
    importLimitBytes: parseSize('import-limit', text('import-limit')),
    maxConnections: parseWhole('max-connections', text('max-connections'), 1_000_000),
    graceMs: parseTime('grace', text('grace')),
    logLevel: parseChoice('log-level', text('log-level'), [
      'trace',
      'debug',
      'info',
      'warn',
      'error',
      'silent',
    ]),
  };
}

/** `ID=choice` pairs; the last of one id counts. */
export function parseSettings(pairs: string | readonly string[]): Record<string, string> {
  return Object.fromEntries(
    [pairs].flat().map((pair) => {
      const [, id, choice] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
      if (id === undefined || choice === undefined) {
        throw wrong('set', pair, 'Write ID=choice, such as IBL-PAGE-LINKS=integers');
      }
      return [id.trim(), choice.trim()];
    }),
  );
}

function parseChoice<const C extends string>(
  name: string,
  value: string,
  choices: readonly C[],
): C {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw wrong(name, value, `Choose ${choices.join(' or ')}`);
  return found;
}

function parseWhole(name: string, value: string, max: number): number {
  if (!/^\d{1,10}$/.test(value) || Number(value) > max) {
    throw wrong(name, value, `Write a whole number from 0 to ${max}`);
  }
  return Number(value);
}

/** What can stand in a header; the value itself is not shown. */
function parseToken(name: string, value: string | undefined): string | undefined {
  if (value === undefined || /^[\x21-\x7e]+$/.test(value)) return value;
  throw wrong(name, '…', 'Write at least one character, ASCII without spaces');
}

const SIZES: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };
const TIMES: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

function parseSize(name: string, value: string): number {
  const [, amount, unit = 'b'] = /^(\d{1,9})(b|kb|mb|gb)?$/i.exec(value) ?? [];
  const bytes = Number(amount) * (SIZES[unit.toLowerCase()] ?? 1);
  if (!(bytes > 0)) throw wrong(name, value, 'Write a size such as 500kb or 1mb');
  return bytes;
}

function parseTime(name: string, value: string): number {
  const [, amount, unit = ''] = /^(\d{1,9})(ms|s|m)$/.exec(value) ?? [];
  if (amount === undefined) throw wrong(name, value, 'Write a time such as 500ms, 10s or 1m');
  return Number(amount) * (TIMES[unit] ?? 1);
}

function wrong(name: string, value: string, advice: string): MockError {
  return new MockError('bad-option', `--${name} cannot be "${value}". ${advice}.`);
}
