import { expect, it } from 'vitest';
import { parseServeConfig, serveOptions, withEnvironment, type Given } from './config.ts';

const configOf = (flags: Given, environment: Record<string, string> = {}) =>
  parseServeConfig(withEnvironment(serveOptions, flags, environment));

it('has the documented defaults', () => {
  expect(configOf({})).toEqual({
    port: 4010,
    host: '127.0.0.1',
    data: '.license-mock',
    durability: 'process',
    scenario: 'demo',
    specs: undefined,
    profile: undefined,
    settings: {},
    seed: undefined,
    clock: undefined,
    references: undefined,
    cors: true,
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
  [{ 'control-token': '' }, '--control-token cannot be "…". Write at least one character'],
  [{ 'control-token': 'my secret' }, 'ASCII without spaces'],
  [{ grace: '10' }, 'Write a time such as 500ms, 10s or 1m'],
  [{ cors: 'maybe' }, '--cors cannot be "maybe". Choose on or off.'],
  [{ seed: '-1' }, '--seed cannot be "-1"'],
] as const)('refuses %j', (flags, message) => {
  expect(() => configOf(flags)).toThrow(message);
});
