import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../../test/support/folder.ts';
import { findConfigFile, readConfigFile } from './config-file.ts';
import { readOptions } from './options.ts';
import { parseServeConfig, serveOptions } from './serve-config.ts';

const folder = testFolder();
let files = 0;

async function read(text: string, ending = 'yaml') {
  files += 1;
  const file = path.join(folder, `${files}.config.${ending}`);
  writeFileSync(file, text);
  return readConfigFile(file, serveOptions);
}

const configOf = async (text: string, environment = {}, flags = {}) => {
  const { values } = await read(text);
  return parseServeConfig(readOptions(serveOptions, flags, environment, undefined, values));
};

it('is found in the folder and in those above it', () => {
  const inner = path.join(folder, 'found', 'a', 'b');
  mkdirSync(inner, { recursive: true });
  const outer = path.join(folder, 'found', 'license-mock.config.json');
  writeFileSync(outer, '{}');
  expect(findConfigFile(inner)).toBe(outer);
  const nearer = path.join(folder, 'found', 'a', 'license-mock.config.yaml');
  writeFileSync(nearer, '');
  expect(findConfigFile(inner)).toBe(nearer);
});

it('gives options under their long names; flags and variables override it', async () => {
  const text =
    'port: 5000\ncors: false\nset: { IBL-PAGE-SIZE: 5, IBL-PAGE-LINKS: integers }\n' +
    'redact: [note, name]\nseed: 7\nscenario: empty\n';
  expect(await configOf(text)).toMatchObject({
    port: 5000,
    cors: false,
    settings: { 'IBL-PAGE-SIZE': '5', 'IBL-PAGE-LINKS': 'integers' },
    redactedNames: ['note', 'name'],
    scenario: 'empty',
  });
  const environment = { LICENSE_MOCK_PORT: '5001', LICENSE_MOCK_SEED: '8' };
  expect(await configOf(text, environment, { port: '5002' })).toMatchObject({
    port: 5002,
    seed: 8,
  });
});

it('has its paths relative to itself', async () => {
  const config = await configOf('data: state\nscenario: ./mine.yaml\nspecs: ../specs\n');
  expect(config).toMatchObject({
    data: path.join(folder, 'state'),
    scenario: path.join(folder, 'mine.yaml'),
    specs: path.join(folder, '../specs'),
  });
  expect(await configOf('data: memory\nscenario: demo\n')).toMatchObject({
    data: 'memory',
    scenario: 'demo',
  });
});

it('may be JSON or TypeScript', async () => {
  const json = await read('{ "port": 5003 }', 'json');
  expect(json.values['port']?.[0]?.text).toBe('5003');
  const module = await read('const port: number = 5004;\nexport default { port };\n', 'ts');
  expect(module.values['port']?.[0]?.text).toBe('5004');
});

it.each([
  ['port: 1\nprot: 2\n', /config\.yaml:2 prot: there is no such option\. Did you mean port\?/],
  ['port: [1]\n', /config\.yaml:1 port: write a text, a number, true or false\./],
  ['redact: [{}]\n', /config\.yaml:1 redact: write a text or a list of texts\./],
  ['- port\n', /config\.yaml must contain options/],
  ['port: [\n', /config\.yaml:\d+ /],
])('that says %j is refused', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

it('is named where a value of it is wrong', async () => {
  await expect(configOf('\nport: many\n')).rejects.toThrow(
    /^port in \S+config\.yaml:2 cannot be "many"\. Write a whole number/,
  );
  await expect(configOf('host: ""\n')).rejects.toThrow(/^host in \S+:1 cannot be ""/);
});
