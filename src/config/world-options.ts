/** The options of `serve` about what sandboxes start with, and how the vendors behave. */
import { readOptional, readRequired, variableOf, type Given, type Option } from './options.ts';
import { oneOf, parseSettings, parseSwitch, parseText, wholeFrom } from './parse-value.ts';

export type WorldConfig = {
  /** A name or a file. */
  readonly scenario: string;
  /** A folder with more OpenAPI files. */
  readonly specs: string | undefined;
  /** Files of `license-mock calibrate`, at most one of a vendor. */
  readonly calibrations: readonly string[];
  /** Whether a file in that folder that cannot be served keeps the mock from starting. */
  readonly strictSpecs: boolean;
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
};

export const worldOptions: readonly Option[] = [
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
];

/** Throws `MockError` `bad-option`. */
export function parseWorldOptions(given: Given): WorldConfig {
  const { set = [], calibration = [] } = given;
  return {
    scenario: readRequired(given, 'scenario', parseText),
    specs: readOptional(given, 'specs', parseText),
    calibrations: calibration.map(parseText),
    strictSpecs: readRequired(given, 'strict-specs', parseSwitch),
    profile: readOptional(given, 'profile', oneOf('wire', 'strict')),
    settings: parseSettings(set),
    settingsSource: set[0]?.source ?? '--set',
    seed: readOptional(given, 'seed', wholeFrom(0, 4_294_967_295)),
    clock: readOptional(given, 'clock', parseText),
    references: readOptional(given, 'references', oneOf('open', 'closed')),
    acceptAnyToken: readRequired(given, 'accept-any-token', parseSwitch),
  };
}
