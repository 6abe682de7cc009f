/** The example of a consumer's CI job, step by step against a real server. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startServerProcess, type ServerProcess } from '../support/process.ts';

type Workflow = {
  readonly jobs: {
    readonly test: {
      readonly services: {
        readonly 'license-mock': { readonly env: Record<string, string>; readonly ports: string[] };
      };
      readonly steps: readonly {
        readonly run?: string;
        readonly env?: Record<string, string>;
      }[];
    };
  };
};

const file = path.join(import.meta.dirname, '../../examples/consumer-ci/workflow.yml');
const { services, steps } = (parse(readFileSync(file, 'utf8')) as Workflow).jobs.test;
const { env, ports } = services['license-mock'];

/** As the environment would set them; the server refuses one that it does not have. */
const options = Object.entries(env).flatMap(([name, value]) => [
  `--${name
    .replace(/^LICENSE_MOCK_/, '')
    .toLowerCase()
    .replaceAll('_', '-')}`,
  value,
]);

let server: ServerProcess;
beforeAll(async () => {
  server = await startServerProcess(options);
});
afterAll(() => server.end('SIGTERM'));

/** What a step runs, sent to our server; in the place of the consumer's own tests, one create. */
function run({ run: script = '', env: variables = {} }: (typeof steps)[number]): string {
  const here = (text: string) => text.replaceAll('http://127.0.0.1:4010', server.url);
  const create = `curl --fail-with-body -s -X POST -H 'Authorization: Api-Token dm-admin' -H 'Content-Type: application/json' -d '{"platform_key":"acme","program_key":"bar","name":"A","count":1,"started":"2026-01-01T00:00:00Z"}' $LICENSES_URL/api/catalog/licenses/program/create/`;
  const command = script.includes('npm test') ? create : here(script);
  const moved = Object.entries(variables).map(([name, value]) => [name, here(value)]);
  return execFileSync('sh', ['-c', command], {
    encoding: 'utf8',
    env: { ...process.env, ...Object.fromEntries(moved) },
  });
}

it('reaches the port that the image listens on', () => {
  expect(ports).toEqual(['4010:4010']);
  const dockerfile = readFileSync(path.join(import.meta.dirname, '../../Dockerfile'), 'utf8');
  expect(dockerfile).toContain('EXPOSE 4010\n');
  expect(dockerfile).not.toContain('LICENSE_MOCK_PORT');
});

it('makes a sandbox, runs the tests in it, and verifies what they asked', () => {
  const [sandbox, tests, verification] = steps.filter((step) => step.run !== undefined);
  if (!sandbox || !tests || !verification) throw new Error('A step is missing.');
  expect(JSON.parse(run(sandbox))).toMatchObject({
    name: 'checkout',
    clock: { mode: 'frozen', now: '2026-01-01T00:00:00.000Z' },
  });
  expect(() => run(verification)).toThrow(/Command failed/);
  expect(JSON.parse(run(tests))).toMatchObject({ created: '2026-01-01T00:00:00Z' });
  expect(run(verification)).toContain('"held":true');
});
