/** The options of `pull`. */
import { variableOf, type Option } from '../config/options.ts';

export const pullOptions: readonly Option[] = [
  {
    name: 'url',
    value: 'URL',
    default: undefined,
    help: 'the live vendor (required); its documented paths follow the URL',
    variable: variableOf('pull-url'),
  },
  {
    name: 'header',
    value: 'HEADER',
    default: undefined,
    help: "header to send, such as 'Authorization: Api-Token secret'",
    repeats: true,
    variable: variableOf('pull-header'),
  },
  {
    name: 'param',
    value: 'NAME=VALUE',
    default: undefined,
    help: 'query parameter to send with each list, such as platform_key=acme',
    repeats: true,
  },
  {
    name: 'output',
    value: 'FILE',
    default: undefined,
    fallback: 'scenarios/VENDOR-pulled.yaml',
    help: 'the scenario to write',
  },
  {
    name: 'anonymize',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: 'replace names, emails, ids and all other texts, and list what was kept',
  },
  {
    name: 'seats',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: "also read who holds the seats of ibl's licenses, with two requests or more for each license",
  },
  { name: 'rate', value: 'N', default: '10', help: 'how many requests to send in a second' },
  { name: 'max-requests', value: 'N', default: '10000', help: 'how many requests to send at most' },
  { name: 'timeout', value: 'TIME', default: '30s', help: 'how long one answer may take' },
];
