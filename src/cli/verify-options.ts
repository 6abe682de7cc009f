/** The options of `verify`. URLs and credentials can also come from the environment. */
import { variableOf, type Option } from '../config/options.ts';
import { FORMATS } from '../contracts/render-report.ts';
import { tokenOption, urlOption } from './client-options.ts';

export const verifyOptions: readonly Option[] = [
  {
    ...urlOption,
    default: undefined,
    fallback: 'starts its own',
    help: 'running license-mock to verify against',
  },
  tokenOption,
  {
    name: 'provider-url',
    value: 'URL',
    default: undefined,
    help: 'live vendor to verify against as well',
    variable: variableOf('provider-url'),
  },
  {
    name: 'provider-header',
    value: 'NAME: VALUE',
    default: undefined,
    help: 'header to send to the live vendor, such as credentials',
    repeats: true,
    variable: variableOf('provider-header'),
  },
  {
    name: 'provider-states-url',
    value: 'URL',
    default: undefined,
    help: "where to set up the live vendor's provider states; without it, interactions with states skip the live vendor",
    variable: variableOf('provider-states-url'),
  },
  {
    name: 'allow-writes',
    value: 'on|off',
    default: 'off',
    help: "also send requests that change the live vendor's data",
    isSwitch: true,
    variable: variableOf('allow-writes'),
  },
  {
    name: 'vendor',
    value: 'NAME',
    default: undefined,
    help: "verify only this vendor's interactions",
  },
  {
    name: 'only',
    value: 'TEXT',
    default: undefined,
    help: 'verify only interactions whose file, title or states contain this text',
  },
  {
    name: 'fail-on',
    value: 'warnings',
    default: undefined,
    help: 'also fail if the vendor merely tolerates a request',
  },
  {
    name: 'keep',
    value: 'on|off',
    default: 'off',
    help: 'keep the sandbox of each interaction for inspection',
    isSwitch: true,
    variable: variableOf('keep'),
  },
  {
    name: 'format',
    value: FORMATS.join('|'),
    default: 'human',
    help: 'format of the report',
  },
  {
    name: 'output',
    value: 'FILE',
    default: undefined,
    fallback: 'standard output',
    help: 'write the report to this file',
  },
  {
    name: 'timeout',
    value: 'MS',
    default: '30000',
    help: 'timeout for one response, in milliseconds',
  },
];
