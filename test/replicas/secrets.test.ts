/** A password of the database leaves the process nowhere: not by output, log, control API or metrics. */
import { afterAll, expect, it } from 'vitest';
import { runCommand, startServerProcess } from '../support/process.ts';
import { dropSchema, freshDatabase } from '../support/postgres.ts';

const { url, schema } = await freshDatabase();
afterAll(() => dropSchema({ url, schema }));

const SECRET = 'qu1et-word';
const withSecret = new URL(url);
withSecret.searchParams.set('sslpassword', SECRET);
const environment = {
  DATABASE_URL: withSecret.href,
  LICENSE_MOCK_DATA: 'env:DATABASE_URL',
  LICENSE_MOCK_DATA_SCHEMA: schema,
  LICENSE_MOCK_LOG_LEVEL: 'trace',
};

const CALLS = [
  '/',
  '/_mock/health',
  '/_mock/ready',
  '/_mock/metrics',
  '/_mock/vendors',
  '/_mock/ledger',
  '/_mock/scenarios',
  '/_mock/sandboxes',
  '/_mock/sandboxes/default',
  '/_mock/sandboxes/default/state',
  '/_mock/sandboxes/default/journal',
  '/_mock/nothing',
];

it('is in no output of a server, and in none of its answers', async () => {
  const server = await startServerProcess([], { environment });
  const answers = await Promise.all(
    CALLS.map(async (path) => (await fetch(`${server.url}${path}`)).text()),
  );
  await server.end('SIGTERM');
  const { stdout, stderr } = server.output();
  expect(stdout).toMatch(/^ {2}state {5}postgres:\/\/\w+@[\w.]+:\d+\/\w+, schema test_\w+, new$/m);
  for (const text of [stdout, stderr, ...answers]) {
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(`:${withSecret.password}@`);
  }
});

it('is not in what "config" shows', async () => {
  const args = ['config', '--data', withSecret.href, '--format', 'json'];
  const { code, stdout, stderr } = await runCommand(args, { environment });
  expect(code).toBe(0);
  expect(stdout).toContain('"option": "data"');
  expect(stdout + stderr).not.toContain(SECRET);
});

it.each([
  ['a wrong password', { password: SECRET }],
  ['a port where nobody listens', { port: '1' }],
  ['a host that is not there', { hostname: 'nowhere.invalid' }],
  ['a file that is not there', { search: `?sslrootcert=/nowhere.pem&sslpassword=${SECRET}` }],
])('is not in the error about %s', async (_what, change) => {
  const wrong = Object.assign(new URL(withSecret), change);
  const started = await runCommand(['serve', '--port', '0'], {
    environment: { ...environment, DATABASE_URL: wrong.href },
  });
  expect(started.code).toBe(3);
  expect(started.stderr).toContain('of the database cannot be used: ');
  expect(started.stdout + started.stderr).not.toContain(SECRET);
  expect(started.stdout + started.stderr).not.toContain(`:${withSecret.password}@`);
});
