/** The mock is broken on purpose, one way at a time: each has to turn the verification red and name the place. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { mutants } from './mutants.ts';
import { startMutatingProxy } from './mutating-proxy.ts';
import { verifyContracts } from './verify-contracts.ts';

let server: TestServer;
let proxy: Awaited<ReturnType<typeof startMutatingProxy>>;

beforeAll(async () => {
  server = await startTestServer();
  proxy = await startMutatingProxy(server.url);
});
afterAll(async () => {
  proxy.stop();
  await server.stop();
});

it('holds through a proxy that breaks nothing', async () => {
  const { report, text } = await verifyContracts({}, { mockUrl: proxy.url });
  expect(report.held, text).toBe(true);
});

it.each(mutants)(
  '$vendor: $broken turns the verification red',
  async ({ vendor, mutation, names }) => {
    proxy.mutate(mutation);
    const { report, text } = await verifyContracts({ vendor }, { mockUrl: proxy.url });
    proxy.mutate({});
    expect(report.held).toBe(false);
    expect(text).toMatch(names);
  },
);

it('is what docs/contracts.md lists', () => {
  const docs = readFileSync(path.join(import.meta.dirname, '../../docs/contracts.md'), 'utf8');
  const listed = [...docs.matchAll(/^\| (\S+) +\| (.+?) +\| caught +\|$/gm)].map(
    ([, vendor, broken]) => ({ vendor, broken }),
  );
  expect(listed).toEqual(mutants.map(({ vendor, broken }) => ({ vendor, broken })));
  expect(docs).toContain(`${mutants.length} of ${mutants.length}`);
});
