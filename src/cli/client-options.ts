/** Options of the commands that speak to a running server, each with the same name everywhere. */
import type { Option } from '../config/options.ts';

export const urlOption: Option = {
  name: 'url',
  value: 'URL',
  default: 'http://127.0.0.1:4010',
  help: 'the running license-mock',
  variable: 'LICENSE_MOCK_URL',
};

export const tokenOption: Option = {
  name: 'token',
  value: 'TOKEN',
  default: undefined,
  help: 'its control token, if it has one',
  variable: 'LICENSE_MOCK_CONTROL_TOKEN',
};

export const formatOption: Option = {
  name: 'format',
  value: 'human|json',
  default: 'human',
  help: 'lines for a person, or JSON for a program',
};

export const serverOptions: readonly Option[] = [urlOption, tokenOption, formatOption];

/** What a sandbox starts with. */
export const startOptions: readonly Option[] = [
  {
    name: 'scenario',
    value: 'NAME|FILE',
    default: undefined,
    fallback: "the server's",
    help: 'scenario to start with',
  },
  { name: 'seed', value: 'N', default: undefined, help: 'seed for generated values' },
  {
    name: 'clock',
    value: 'ISO|now',
    default: undefined,
    help: 'freeze its clock at an instant, or let it run (now)',
  },
  {
    name: 'profile',
    value: 'wire|strict',
    default: undefined,
    help: 'accept what the vendors tolerate (wire), or refuse it (strict)',
  },
  {
    name: 'set',
    value: 'ID=CHOICE',
    default: undefined,
    help: 'choose how a ledger row behaves; see specs/ledger.yaml',
    repeats: true,
  },
  {
    name: 'param',
    value: 'NAME=VALUE',
    default: undefined,
    help: 'value for a parameter of the scenario: text, 42, true, or "42" in quotes for text',
    repeats: true,
  },
];

export const outputOption: Option = {
  name: 'output',
  value: 'FILE',
  default: undefined,
  fallback: 'standard output',
  help: 'write to this file, as JSON if its name ends in .json, else as YAML',
};
