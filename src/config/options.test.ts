import { expect, it } from 'vitest';
import { readOptional, readOptions, type Option } from './options.ts';
import { parseText } from './parse-value.ts';

const option = (fields: Partial<Option>): Option => ({
  name: 'host',
  value: 'ADDRESS',
  default: '127.0.0.1',
  help: '',
  variable: 'LICENSE_MOCK_HOST',
  ...fields,
});
const redact = option({
  name: 'redact',
  value: 'NAME',
  default: undefined,
  repeats: true,
  variable: 'LICENSE_MOCK_REDACT',
});
const host = option({});

it('prefers a flag to the environment, and that to the default; each is known by what the user wrote', () => {
  const environment = { LICENSE_MOCK_HOST: '::1' };
  expect(readOptions([host], { host: '0.0.0.0' }, environment)['host']).toEqual([
    { source: '--host', text: '0.0.0.0' },
  ]);
  expect(readOptions([host], {}, environment)['host']).toEqual([
    { source: 'LICENSE_MOCK_HOST', text: '::1' },
  ]);
  expect(readOptions([host], {}, {})['host']).toEqual([{ source: '--host', text: '127.0.0.1' }]);
});

it('splits the variable of a repeated option at commas', () => {
  const given = readOptions([redact], {}, { LICENSE_MOCK_REDACT: 'note, name' });
  expect(given['redact']?.map(({ text }) => text)).toEqual(['note', 'name']);
});

it('reads no variable but the one that an option names', () => {
  const { variable: _, ...unread } = host;
  expect(readOptions([unread], {}, { LICENSE_MOCK_HOST: '::1' })['host']).toEqual([
    { source: '--host', text: '127.0.0.1' },
  ]);
  const token = option({ name: 'token', default: undefined, variable: 'LICENSE_MOCK_OTHER' });
  const read = (environment: Record<string, string>) =>
    readOptional(readOptions([token], {}, environment), 'token', parseText);
  expect(read({ LICENSE_MOCK_OTHER: 'b', LICENSE_MOCK_TOKEN: 'a' })).toBe('b');
  expect(() => read({ LICENSE_MOCK_OTHER: '' })).toThrow('LICENSE_MOCK_OTHER cannot be "".');
  expect(read({ LICENSE_MOCK_TOKEN: '' })).toBeUndefined();
});

it.each(['', ' ', '\t\n'])('refuses %j as a value, by flag and variable', (text) => {
  expect(() => readOptions([host], { host: text }, {})).toThrow(
    `--host cannot be "${text}". Write ADDRESS, or leave it out.`,
  );
  expect(() => readOptions([host], {}, { LICENSE_MOCK_HOST: text })).toThrow(
    `LICENSE_MOCK_HOST cannot be "${text}". Write ADDRESS, or leave it out.`,
  );
});

it.each(['', 'a,,b', 'a, ,b', ',a', 'a,'])('refuses an empty part of a list: "%s"', (text) => {
  expect(() => readOptions([redact], {}, { LICENSE_MOCK_REDACT: text })).toThrow(
    'LICENSE_MOCK_REDACT cannot be "". Write NAME, several separated by single commas, or unset the variable.',
  );
  expect(() => readOptions([redact], { redact: text.split(',') }, {})).toThrow(
    /^--redact cannot be " ?"\. Write NAME, or leave it out\.$/,
  );
});

it('does not read what Kubernetes sets for a Service', () => {
  const port = option({ name: 'port', default: '4010', variable: 'LICENSE_MOCK_PORT' });
  const given = readOptions([port], {}, { LICENSE_MOCK_PORT: 'tcp://10.96.0.7:4010' });
  expect(given['port']).toEqual([{ source: '--port', text: '4010' }]);
});

it('reads PORT where its own variable is not set', () => {
  const port = option({
    name: 'port',
    default: '4010',
    variable: 'LICENSE_MOCK_PORT',
    sharedVariable: 'PORT',
  });
  const read = (environment: Record<string, string>) =>
    readOptions([port], {}, environment)['port'];
  expect(read({ PORT: '8080' })).toEqual([{ source: 'PORT', text: '8080' }]);
  expect(read({ PORT: '8080', LICENSE_MOCK_PORT: '5000' })?.[0]?.text).toBe('5000');
  expect(read({ PORT: '8080', LICENSE_MOCK_PORT: 'tcp://10.96.0.7:4010' })?.[0]?.text).toBe('8080');
  expect(read({ PORT: 'tcp://10.96.0.7:80' })?.[0]?.text).toBe('4010');
});
