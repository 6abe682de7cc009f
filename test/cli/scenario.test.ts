import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StateListing } from '../../src/cli/list-states.ts';
import { testFolder } from '../support/folder.ts';
import { runHere } from '../support/run-here.ts';

const cwd = testFolder();
mkdirSync(path.join(cwd, 'scenarios'));
writeFileSync(path.join(cwd, 'scenarios', 'broken.yaml'), 'ibl: [\n');
writeFileSync(
  path.join(cwd, 'scenarios', 'mine.yaml'),
  `description: Made here.
providerStates: ["it's {colour} with {size}", nothing special]
parameters: { size: { type: integer, description: In metres. }, on: { type: boolean, default: false } }
alice:
  licenses: [{ Name: '{colour}', AvailableSeats: '{size}' }]
settings: { ALICE-ERROR-DETAIL: never }
`,
);

const scenario = (...args: readonly string[]) => runHere(['scenario', ...args], { cwd });

describe('scenario list', () => {
  it('shows those of the folder and those shipped, and what is wrong with one', async () => {
    const { code, stdout } = await scenario('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}mine +Made here\.$/m);
    expect(stdout).toMatch(/^ {2}demo +Two platforms/m);
    expect(stdout).toMatch(/^ {2}broken +cannot be used: line \d/m);
  });
});

describe('scenario show', () => {
  it('shows a scenario as YAML, or with all that is known of it as JSON', async () => {
    const { stdout } = await scenario('show', 'mine');
    expect(stdout).toContain('alice:\n  licenses:\n    - Name: "{colour}"');
    const { stdout: json } = await scenario('show', './scenarios/mine.yaml', '--format', 'json');
    expect(JSON.parse(json)).toMatchObject({
      description: 'Made here.',
      parameters: ['colour', 'size', 'on'],
      document: { alice: {} },
    });
  });
  it.each([
    [['show', 'nope'], 3, /Unknown scenario "nope"\. Known: .*demo/],
    [['show'], 2, /missing required argument 'NAME\|FILE'/],
    [['list', 'x'], 2, /too many arguments for 'list'/],
    [['list', '--format', 'xml'], 2, /--format cannot be "xml"/],
    [[], 2, /Commands:\n +list .*\n +show .*\n +new .*\n +states /],
  ] as const)('ends %j with %d and says why', async (args, code, message) => {
    const finished = await scenario(...args);
    expect(finished.stderr).toMatch(message);
    expect(finished.code).toBe(code);
    expect(finished.stdout).toBe('');
  });
});

describe('scenario new', () => {
  it.each(['spring-term', 'true', '1'])('writes %s, which check accepts', async (name) => {
    const file = path.join('scenarios', `${name}.yaml`);
    const { code, stdout } = await scenario('new', name);
    expect(code).toBe(0);
    expect(stdout).toContain(`license-mock check ${file}`);
    const checked = await runHere(['check', file], { cwd });
    expect(checked.stdout).toContain(`ok    ${file} (scenario)`);
    expect(checked.code).toBe(0);
  });
  it('leaves a file that is there as it is', async () => {
    const file = path.join(cwd, 'scenarios', 'mine.yaml');
    const before = readFileSync(file, 'utf8');
    const { code, stderr } = await scenario('new', 'mine');
    expect(code).toBe(2);
    expect(stderr).toContain('mine.yaml already exists');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
  it('refuses a name that leads elsewhere', async () => {
    const { code, stderr } = await scenario('new', '../evil');
    expect(code).toBe(2);
    expect(stderr).toContain('"../evil" is not a valid scenario name');
  });
});

describe('scenario states', () => {
  it('lists every sentence with its parameters, as code that runs', async () => {
    const [{ stdout }, { stdout: json }] = [
      await scenario('states'),
      await scenario('states', '--format', 'json'),
    ];
    const listed = JSON.parse(json) as StateListing[];
    expect(listed.find(({ scenario: from }) => from === 'mine')).toMatchObject({
      state: "it's {colour} with {size}",
      parameters: [
        { name: 'colour', type: 'string', default: null },
        { name: 'size', type: 'integer', description: 'In metres.', default: null },
        { name: 'on', type: 'boolean', default: false },
      ],
    });
    // Pasted into a test it is a chain of calls.
    const given: [string, unknown][] = [];
    const pact = { given: (...call: [string, unknown]) => (given.push(call), pact) };
    // oxlint-disable-next-line typescript/no-implied-eval -- the listing is code, and ours
    new Function('pact', `pact\n${stdout}`)(pact);
    expect(given.map(([state]) => state)).toEqual(listed.map(({ state }) => state));
    expect(given).toContainEqual([
      "it's {colour} with {size}",
      { colour: 'colour', size: 1, on: false },
    ]);
  });
});
