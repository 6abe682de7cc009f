import { expect, it } from 'vitest';
import { describeDataLocation } from './data-location.ts';
import { readOptions, type Flags } from './options.ts';
import { parseServeConfig, serveOptions } from './serve-config.ts';

const configOf = (flags: Flags, environment: Record<string, string> = {}) =>
  parseServeConfig(readOptions(serveOptions, flags, environment), environment);

const messageOf = (flags: Flags, environment: Record<string, string> = {}): string => {
  try {
    configOf(flags, environment);
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
  return '';
};

const url = 'postgres://mock:s3cret@db.example:5433/shared?sslmode=require&sslpassword=hidden';

it.each([
  ['--data', { data: url }, {}],
  ['LICENSE_MOCK_DATA', {}, { LICENSE_MOCK_DATA: url }],
  ['--data env:NAME', { data: 'env:DATABASE_URL' }, { DATABASE_URL: `${url}\n` }],
  ['a variable that names another', {}, { LICENSE_MOCK_DATA: 'env:DB', DB: url }],
])('takes the URL of a database from %s', (_from, flags, environment) => {
  expect(configOf(flags, environment)).toMatchObject({ data: url, dataSchema: 'license_mock' });
});

it.each([
  [url, 'postgres://mock@db.example:5433/shared'],
  ['postgresql://db.example', 'postgres://db.example:5432/'],
  ['postgres://mock@db.example', 'postgres://mock@db.example:5432/mock'],
  ['postgres://a%40b:p%23@[::1]/x', 'postgres://a%40b@[::1]:5432/x'],
  ['postgres://mock:p@ss@db.example/x', 'postgres://mock@db.example:5432/x'],
  ['postgres://mock@/x?host=/run/postgresql', 'postgres://mock@/run/postgresql:5432/x'],
  ['postgres:///x', 'postgres://localhost:5432/x'],
  ['postgres://db.example/x?user=mock&password=s3cret', 'postgres://mock@db.example:5432/x'],
  ['memory', 'memory'],
])('shows %s without its secrets', (data, shown) => {
  expect(configOf({ data }).data).toBe(data);
  expect(describeDataLocation(data)).toBe(shown);
});

it.each([
  'postgres://mock:s3cret/x@db.example/mock',
  'postgres://mock:12/s3cret@db.example/mock',
  'postgres://mock:12?s3cret@db.example/mock',
  'postgres://mock:12#s3cret@db.example/mock',
  'postgres://mock:s3cret@db.example:port/mock',
  'postgres://mock:s3cret%@db.example/mock',
  'postgres://mock:s3cret@db.example/mock?sslmode=%',
  'postgres://mock:s3cret @db.example/mock',
  'postgres:mock:s3cret@db.example/mock',
  'mysql://mock:s3cret@db.example/mock',
])('refuses %s, and does not repeat it', (data) => {
  for (const message of [
    messageOf({ data }),
    messageOf({}, { LICENSE_MOCK_DATA: data }),
    messageOf({ data: 'env:DB' }, { DB: data }),
  ]) {
    expect(message).toMatch(/cannot be "…"\. Write .*postgres:\/\//);
    expect(message).not.toContain('s3cret');
  }
});

it('says which variable is missing, empty or wrong', () => {
  expect(messageOf({ data: 'env:DB' })).toBe(
    '--data cannot be "env:DB". The environment variable DB is not set. Set it to a folder or to postgres://….',
  );
  expect(messageOf({ data: 'env:DB' }, { DB: ' ' })).toContain('DB is empty');
  expect(messageOf({ data: 'env:DB' }, { DB: 'mysql://x' })).toContain(
    'DB (--data) cannot be "…". Write a folder',
  );
});

it.each(['license_mock', 'a', '_1', 'a'.repeat(63)])('takes the schema %s', (name) => {
  expect(configOf({ data: url, 'data-schema': name }).dataSchema).toBe(name);
});

it.each(['pg_mock', '1a', 'Mock', 'a-b', 'a"b', 'a'.repeat(64)])(
  'refuses the schema %s',
  (name) => {
    expect(messageOf({ data: url, 'data-schema': name })).toContain('Write 1 to 63 of a-z');
  },
);

it('refuses a schema without a database', () => {
  expect(messageOf({ 'data-schema': 'mock' })).toBe(
    '--data-schema cannot be "mock". Only a PostgreSQL database has schemas. Leave it out, or use --data postgres://….',
  );
});

it.each([
  [{ fresh: 'on' }, '--fresh cannot be "on". With --data postgres://…, each server that starts'],
  [{ durability: 'disk' }, '--durability cannot be "disk". With --data postgres://…, the database'],
  [{ watch: 'reset' }, '--watch cannot be "reset". With --data postgres://…, an edited file'],
  [{ 'generate-token': 'on' }, '--generate-token cannot be "on". With --data postgres://…, each'],
] as const)('refuses %j where servers share the data', (flags, message) => {
  expect(messageOf({ ...flags, data: url })).toContain(message);
  expect(messageOf({ ...flags, data: 'memory' })).toBe('');
});

it('asks for no control token where one is given, or where only this machine has access', () => {
  expect(messageOf({ data: url, 'generate-token': 'on', 'control-token': 'secret' })).toBe('');
  expect(messageOf({ data: url })).toBe('');
});
