/** `license-mock config`: what is in force, and where each value comes from. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/process.ts';

const folder = testFolder();

function project(name: string, file: string, text: string): string {
  const cwd = path.join(folder, name);
  mkdirSync(path.join(cwd, 'deep', 'er'), { recursive: true });
  writeFileSync(path.join(cwd, file), text);
  return cwd;
}

it('shows each value with its source: flag, variable, file or default', async () => {
  const text = 'port: 5000\nseed: 7\nclock: now\nset: { IBL-PAGE-LINKS: integers }\n';
  const cwd = project('sources', 'license-mock.config.yaml', text);
  const { code, stdout } = await runCommand(['config', '-p', '6000', '--no-cors'], {
    cwd: path.join(cwd, 'deep', 'er'),
    environment: { LICENSE_MOCK_SEED: '8', LICENSE_MOCK_CONTROL_TOKEN: 's3cret' },
  });
  expect(code).toBe(0);
  const rows = Object.fromEntries(
    stdout.split('\n').map((line) => {
      const [name = '', ...rest] = line.trim().split(/ {2,}/);
      return [name, rest];
    }),
  );
  const file = path.join('..', '..', 'license-mock.config.yaml');
  expect(stdout.split('\n')[0]).toBe(`config file: ${file}`);
  expect(rows).toMatchObject({
    port: ['6000', '--port'],
    cors: ['off', '--cors'],
    seed: ['8', 'LICENSE_MOCK_SEED'],
    clock: ['now', `${file}:3`],
    set: ['IBL-PAGE-LINKS=integers', `${file}:4`],
    host: ['localhost', 'default'],
    profile: ["(the scenario's, else wire)", 'default'],
    'control-token': ['(hidden)', 'LICENSE_MOCK_CONTROL_TOKEN'],
  });
});

it('reads PORT if LICENSE_MOCK_PORT is not set', async () => {
  const portOf = async (environment: Record<string, string>) => {
    const { stdout } = await runCommand(['config'], { cwd: folder, environment });
    return /^ *port +(.*)$/m.exec(stdout)?.[1]?.split(/ +/);
  };
  expect(await portOf({ PORT: '5001' })).toEqual(['5001', 'PORT']);
  expect(await portOf({ PORT: '5001', LICENSE_MOCK_PORT: '5002' })).toEqual([
    '5002',
    'LICENSE_MOCK_PORT',
  ]);
});

it('is JSON for programs, and names misspelt variables in both forms', async () => {
  const cwd = project('json', 'license-mock.config.json', '{ "$schema": "x", "port": 5006 }');
  const options = { cwd, environment: { LICENSE_MOCK_SCENRIO: 'empty' } };
  const note =
    'LICENSE_MOCK_SCENRIO is set, but there is no such variable. Did you mean LICENSE_MOCK_SCENARIO?';
  const { stdout } = await runCommand(['config', '--format', 'json'], options);
  expect(JSON.parse(stdout)).toMatchObject({
    file: path.join(cwd, 'license-mock.config.json'),
    options: expect.arrayContaining([
      { option: 'port', value: '5006', source: 'license-mock.config.json:1' },
    ]),
    notes: [note],
  });
  expect((await runCommand(['config'], options)).stdout).toContain(`\n\n${note}\n`);
});

it.each([
  [
    'yaml',
    'port: 1\nprot: 1\n',
    'license-mock.config.yaml:2 prot: there is no such option. Did you mean port?',
  ],
  [
    'yaml',
    'port: [\n',
    'license-mock.config.yaml:2 Flow sequence in block collection must be sufficiently indented and end with a ]\n',
  ],
  [
    'yaml',
    'port: x\n',
    'port in license-mock.config.yaml:1 cannot be "x". Write a whole number from 0 to 65535.',
  ],
  [
    'ts',
    'export default { prot: 1 };\n',
    'license-mock.config.ts prot: there is no such option. Did you mean port?',
  ],
  [
    'ts',
    'export const port: number = 1;\n',
    'license-mock.config.ts must have a default export of options',
  ],
] as const)('refuses a %s file that is wrong: %j', async (ending, text, message) => {
  const cwd = project(`wrong-${ending}-${text.length}`, `license-mock.config.${ending}`, text);
  const { code, stderr } = await runCommand(['config'], { cwd });
  expect(stderr).toContain(`license-mock config: ${message}`);
  expect(code).toBe(2);
});

it('names the ledger row that was probably meant', async () => {
  const row = 'IBL-PAGE-LINKS';
  const typo = row.slice(0, -1);
  const args = ['serve', '--data', 'memory', '--set', `${typo}=x`];
  const { stderr } = await runCommand(args, { cwd: folder });
  expect(stderr).toContain(`"${typo}" is not a ledger row with choices. Did you mean ${row}?`);
});
