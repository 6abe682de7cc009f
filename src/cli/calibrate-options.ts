/** The options of `calibrate`. URL and credentials can also come from the environment. */
import { MOVE_FORMATS } from '../calibration/render-moves.ts';
import { variableOf, type Option } from '../config/options.ts';

export const calibrateOptions: readonly Option[] = [
  {
    name: 'url',
    value: 'URL',
    default: undefined,
    help: 'live vendor to ask; a path in it comes before that of each request',
    variable: variableOf('calibrate-url'),
  },
  {
    name: 'header',
    value: 'NAME: VALUE',
    default: undefined,
    help: 'header to send, such as credentials',
    repeats: true,
    variable: variableOf('calibrate-header'),
  },
  {
    name: 'param',
    value: 'NAME=VALUE',
    default: undefined,
    help: 'value that the probes need, such as platform_key=acme; --dry-run lists them',
    repeats: true,
  },
  {
    name: 'allow-writes',
    value: 'on|off',
    default: 'off',
    help: "also send requests that change the vendor's data; what they create is removed or listed",
    isSwitch: true,
    variable: variableOf('allow-writes'),
  },
  { name: 'rate', value: 'N', default: '10', help: 'most requests in a second' },
  { name: 'max-requests', value: 'N', default: '2000', help: 'most requests of the run' },
  {
    name: 'timeout',
    value: 'MS',
    default: '30000',
    help: 'timeout for one response, in milliseconds',
  },
  {
    name: 'dry-run',
    value: 'on|off',
    default: 'off',
    help: 'show what would be sent, and send nothing',
    isSwitch: true,
  },
  {
    name: 'check',
    value: 'FILE',
    default: undefined,
    help: 'compare with an earlier calibration: exit 1 if the vendor has moved',
  },
  {
    name: 'format',
    value: MOVE_FORMATS.join('|'),
    default: 'human',
    help: 'format of the report of --check',
  },
  {
    name: 'output',
    value: 'FILE',
    default: undefined,
    fallback: 'calibration.yaml; none with --check',
    help: 'file to write the calibration to, or with --check the report',
  },
];
