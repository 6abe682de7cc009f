import { expect, it } from 'vitest';
import { parseServeConfig, serveOptions } from './serve-config.ts';
import { readOptions, type Flags } from './options.ts';

const configOf = (flags: Flags, environment: Record<string, string> = {}) =>
  parseServeConfig(readOptions(serveOptions, flags, environment));

it('has the documented defaults', () => {
  expect(configOf({})).toEqual({
    port: 4010,
    host: 'localhost',
    data: '.license-mock',
    dataSchema: 'license_mock',
    durability: 'process',
    fresh: false,
    scenario: 'demo',
    specs: undefined,
    calibrations: [],
    strictSpecs: false,
    watch: 'off',
    profile: undefined,
    settings: {},
    settingsSource: '--set',
    seed: undefined,
    clock: undefined,
    references: undefined,
    acceptAnyToken: false,
    cors: true,
    corsOrigins: [],
    baseUrl: undefined,
    trust: undefined,
    upstreams: [],
    tls: undefined,
    generateToken: false,
    addressFile: undefined,
    sandboxes: 'open',
    maxSandboxes: 1000,
    redactedNames: [],
    journalSize: 1000,
    controlToken: undefined,
    bodyLimitBytes: 1_048_576,
    importLimitBytes: 268_435_456,
    maxConnections: 1000,
    graceMs: 10_000,
    logLevel: 'info',
  });
});

it('reads every option from the environment, and lets a flag win', () => {
  const environment = {
    LICENSE_MOCK_PORT: '5000',
    LICENSE_MOCK_BODY_LIMIT: '2kb',
    LICENSE_MOCK_SET: 'A-B=c,D-E=f',
    LICENSE_MOCK_SCENARIO: 'empty',
  };
  const config = configOf({ scenario: 'demo' }, environment);
  expect(config).toMatchObject({
    port: 5000,
    bodyLimitBytes: 2048,
    settings: { 'A-B': 'c', 'D-E': 'f' },
    scenario: 'demo',
  });
});

it.each([
  [{ port: '70000' }, '--port cannot be "70000". Write a whole number from 0 to 65535.'],
  [{ port: 'http' }, '--port cannot be "http"'],
  [{ durability: 'none' }, '--durability cannot be "none". Choose process or disk.'],
  [{ set: ['IBL-PAGE-LINKS'] }, 'Write ID=choice'],
  [{ 'body-limit': '0' }, 'Write a size such as 500kb or 1mb'],
  [{ 'body-limit': 'lots' }, 'Write a size'],
  [{ 'import-limit': '-1mb' }, 'Write a size'],
  [{ 'journal-size': 'all' }, '--journal-size cannot be "all"'],
  [{ 'control-token': 'my secret' }, '--control-token cannot be "…". Write at least one character'],
  [{ grace: '10' }, 'Write a time such as 500ms, 10s or 1m'],
  [{ cors: 'maybe' }, '--cors cannot be "maybe". Write true, 1, on or yes; or false'],
  [{ seed: '-1' }, '--seed cannot be "-1"'],
] as const)('refuses %j', (flags, message) => {
  expect(() => configOf(flags)).toThrow(message);
});

it.each(serveOptions.map(({ name }) => name))(
  'refuses an empty %s, from wherever it comes',
  (name) => {
    const variable = `LICENSE_MOCK_${name.toUpperCase().replaceAll('-', '_')}`;
    expect(() => configOf({ [name]: '' })).toThrow(`--${name} cannot be "".`);
    expect(() => configOf({}, { [variable]: ' ' })).toThrow(`${variable} cannot be "`);
  },
);

it('names the variable that a wrong value comes from', () => {
  expect(() => configOf({}, { LICENSE_MOCK_PORT: 'x' })).toThrow(
    /^LICENSE_MOCK_PORT cannot be "x"/,
  );
  expect(configOf({}, { LICENSE_MOCK_SET: 'A-B=c' }).settingsSource).toBe('LICENSE_MOCK_SET');
});

it.each([
  ['off', false],
  ['no', false],
  ['0', false],
  ['YES', true],
])('reads --cors %s', (cors, isOn) => {
  expect(configOf({ cors }).cors).toBe(isOn);
  expect(configOf({}, { LICENSE_MOCK_CORS: cors }).cors).toBe(isOn);
});

it('takes the default port where Kubernetes sets the variable for a Service', () => {
  expect(configOf({}, { LICENSE_MOCK_PORT: 'tcp://10.96.0.7:4010' }).port).toBe(4010);
});
