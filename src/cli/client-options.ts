/** Options of the commands that call a running server. They have the same names in every command. */
import type { Option } from '../config/options.ts';

export const urlOption: Option = {
  name: 'url',
  value: 'URL',
  default: 'http://127.0.0.1:4010',
  help: 'URL of the running license-mock',
  variable: 'LICENSE_MOCK_URL',
};

export const tokenOption: Option = {
  name: 'token',
  value: 'TOKEN',
  default: undefined,
  help: 'control token of that server, if it has one',
  variable: 'LICENSE_MOCK_CONTROL_TOKEN',
};

export const formatOption: Option = {
  name: 'format',
  value: 'human|json',
  default: 'human',
  help: 'output for people (text) or programs (json)',
};

export const serverOptions: readonly Option[] = [urlOption, tokenOption, formatOption];

/** Start options of a sandbox. */
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
    help: 'freeze the clock at this time, or let it run (now)',
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
    help: 'choose the behavior of a ledger row; see specs/ledger.yaml',
    repeats: true,
  },
  {
    name: 'param',
    value: 'NAME=VALUE',
    default: undefined,
    help: 'scenario parameter: text, 42, true, or "42" in quotes for text',
    repeats: true,
  },
];

/** Which entries of a journal. */
export const journalFilters: readonly Option[] = [
  { name: 'vendor', value: 'NAME', default: undefined, help: 'only requests to this vendor' },
  { name: 'operation', value: 'ID', default: undefined, help: 'only requests to this operation' },
  { name: 'status', value: 'N', default: undefined, help: 'only answers with this status' },
  {
    name: 'drift',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: 'only requests that the live vendor answered differently',
  },
  {
    name: 'text',
    value: 'TEXT',
    default: undefined,
    help: 'only requests that contain this text in operation, URL or body',
  },
];

export const journalOptions: readonly Option[] = [
  {
    name: 'follow',
    short: 'f',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: 'show new requests as they arrive, until Ctrl-C',
  },
  { name: 'limit', value: 'N', default: '20', help: 'how many past requests to show, 1 to 100' },
  ...journalFilters,
];

export const outputOption: Option = {
  name: 'output',
  value: 'FILE',
  default: undefined,
  fallback: 'standard output',
  help: 'file to write: JSON if its name ends in .json, else YAML',
};

export const exportOptions: readonly Option[] = [
  {
    name: 'format',
    value: 'har|pact',
    default: 'har',
    help: 'HTTP Archive 1.2, or Pact contracts',
  },
  {
    name: 'output',
    value: 'FILE|DIR',
    default: undefined,
    fallback: 'standard output for har, contracts for pact',
    help: 'file to write; for pact: folder',
  },
  {
    name: 'consumer',
    value: 'NAME',
    default: undefined,
    fallback: 'SANDBOX',
    help: 'name of the consumer in the contracts',
  },
];
