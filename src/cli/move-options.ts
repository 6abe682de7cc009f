/** Options of `sandbox export --all` and `sandbox import --all`, which work on the data itself. */
import { schemaOption } from '../config/data-options.ts';
import { variableOf, type Option } from '../config/options.ts';

const common: readonly Option[] = [
  {
    name: 'data',
    value: 'DIR|URL',
    default: undefined,
    help: 'with --all: folder or postgres://… that holds the sandboxes; env:NAME takes it from that variable',
    variable: variableOf('data'),
  },
  {
    ...schemaOption,
    help: `with --all: ${schemaOption.help}`,
    variable: variableOf(schemaOption.name),
  },
];

export const exportAllOptions: readonly Option[] = [
  {
    name: 'all',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: 'all sandboxes of --data, in one file; no server is needed',
  },
  ...common,
];

export const importAllOptions: readonly Option[] = [
  {
    name: 'all',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: 'all sandboxes of a file that "export --all" wrote, into --data; no server is needed',
  },
  {
    name: 'replace',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: 'with --all: replace sandboxes that are there already',
  },
  ...common,
];
