import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { runHere } from '../support/run-here.ts';

const folder = testFolder();
const root = path.join(import.meta.dirname, '../..');

const check = (...args: readonly string[]) => runHere(['check', ...args], { cwd: folder });
function write(name: string, content: unknown): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(path.join(folder, name), text);
  return name;
}

const openapi = (version: object) => ({
  ...version,
  info: { title: 'p', version: '1' },
  paths: { '/jpets': { get: { responses: { 200: { description: 'ok' } } } } },
});

describe('check', () => {
  it('holds for all that is shipped, as its examples say', async () => {
    const [specs, folders] = await Promise.all([
      runHere(['check', 'specs/*.yaml'], { cwd: root }),
      runHere(['check', 'scenarios', 'contracts/'], { cwd: root }),
    ]);
    expect(specs.stdout).toContain('ok    specs/ledger.yaml (ledger)');
    expect(specs.stdout).toContain('ok    specs/ibl.yaml (OpenAPI 3.1.0)');
    expect(folders.stdout).toContain('ok    scenarios/demo.yaml (scenario)');
    expect(folders.stdout).toContain('ok    contracts/seat-shop-ibl.json (Pact file)');
    expect(folders.stdout).toMatch(/^skip .*scenario\.schema\.json \(JSON Schema, not checked\)$/m);
    expect([specs.code, folders.code]).toEqual([0, 0]);
  }, 90_000);

  it('names file, line and field of a fault', async () => {
    const file = write(
      'mine.yaml',
      'ibl:\n  licenses:\n    - platform_key: acme\n      started: yesterday\n',
    );
    const { code, stdout } = await check(file);
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL  mine.yaml (scenario)');
    expect(stdout).toContain('mine.yaml:4 ibl.licenses[0].started: "yesterday" is not a date.');
  });

  it('names a name that the file has a list of, and that is not in it', async () => {
    const platforms = 'platforms: [{ id: 1, key: acme, org: a, name: A }]';
    const license = '{ platform_key: acmee, program_key: p, name: A, count: 1 }';
    const text = `ibl:\n  ${platforms}\n  licenses: [${license}]\n`;
    const { code, stdout } = await check(write('typo.yaml', text));
    expect(code).toBe(1);
    expect(stdout).toContain(
      'typo.yaml:3 ibl.licenses[0].platform_key: "acmee" is not in platforms. Did you mean acme?',
    );
    expect((await check(write('typo.yaml', `references: open\n${text}`))).code).toBe(0);
  });

  it('says what breaks a record, not how its schema is written', async () => {
    const file = write('records.yaml', 'ibl:\n  licenses: [{ foo: 1 }, { generate: -1 }]\n');
    const { stdout } = await check(file);
    expect(stdout).toContain('lacks "platform_key"');
    expect(stdout).toContain('-1 must be >= 1');
    expect(stdout).not.toMatch(/must match/);
  });

  it.each([
    ['one-line.json', openapi({ openapi: '3.0.3' }), 'OpenAPI 3.0.3', 0],
    ['spec.yaml', JSON.stringify(openapi({ openapi: '3.1.0' })), 'OpenAPI 3.1.0', 0],
    ['state.json', { clock: 'now', ibl: {} }, 'scenario', 0],
    ['pact.json', { consumer: { name: 'a' }, provider: { name: 'x' } }, 'Pact file', 1],
    ['rows.yaml', 'rows: [{ id: X-A }]', 'ledger', 1],
    ['package.json', { name: 'a', version: '1' }, 'unknown', 1],
    ['broken.json', '{ "openapi": ', 'not JSON', 1],
    ['broken.yaml', 'ibl: [', 'not YAML', 1],
  ])('takes %s for what is in it', async (name, content, kind, exitCode) => {
    const { code, stdout } = await check(write(name, content));
    expect(stdout).toContain(`${name} (${kind})`);
    expect(stdout).toContain('1 checked');
    expect(code).toBe(exitCode);
  });

  it('recognises Swagger 2.0', async () => {
    const { stdout } = await check(write('old.json', openapi({ swagger: '2.0' })));
    expect(stdout).toContain('old.json (Swagger 2.0)');
  });

  it('checks the JSON files of a folder, and says which it leaves alone', async () => {
    const mixed = path.join(folder, 'mixed');
    mkdirSync(mixed);
    cpSync(path.join(root, 'contracts/seat-shop-ibl.json'), path.join(mixed, 'pact.json'));
    write('mixed/package.json', { name: 'a' });
    write('mixed/bad.json', { clock: 'yesterday' });
    const { code, stdout } = await check('mixed');
    expect(stdout).toContain('ok    mixed/pact.json (Pact file)');
    expect(stdout).toContain('skip  mixed/package.json (unknown, not checked)');
    expect(stdout).toContain('mixed/bad.json:1 clock: "yesterday" is not a date.');
    expect(stdout).toContain('2 checked, 1 with faults, 1 skipped');
    expect(code).toBe(1);
  });

  it('leaves what lies beside OpenAPI files alone, and says which operations two files have', async () => {
    mkdirSync(path.join(folder, 'specs/v2'), { recursive: true });
    for (const name of ['specs/a.json', 'specs/v2/b.json'])
      write(name, openapi({ openapi: '3.0.3' }));
    write('specs/common.yaml', 'Thing: { type: object }\n');
    write('specs/values.yaml', 'openapi: { enabled: true }\n');
    write('specs/template.yaml', '{{ .Values.x }}: [');
    const { code, stdout } = await check('specs');
    expect(stdout).toContain('skip  specs/common.yaml (unknown, not checked)');
    expect(stdout).toContain('skip  specs/template.yaml (not YAML, not checked)');
    expect(stdout).toContain(
      'note  specs/v2/b.json GET /jpets: specs/a.json answers this operation.',
    );
    expect(stdout).toContain('2 checked, 0 with faults, 3 skipped');
    expect(code).toBe(0);
  });

  it('fails where it finds nothing to check', async () => {
    mkdirSync(path.join(folder, 'empty'));
    const empty = await check('empty');
    expect(empty.stderr).toContain('No files to check.');
    expect(empty.code).toBe(1);
    // Without arguments: scenarios/, which is not there.
    const missing = await check();
    expect(missing.stderr).toContain('File not found: scenarios.');
    expect(missing.code).toBe(2);
  });
});
