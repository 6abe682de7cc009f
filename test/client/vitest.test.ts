import { describe, expect } from 'vitest';
import type { Sandbox } from '../../src/index.ts';
import { test } from '../../src/vitest.ts';
import { allLicenses, createLicense, listLicenses } from '../support/ibl-client.ts';

test.override({ sandboxOptions: { scenario: 'empty', clock: '2026-01-01T00:00:00Z' } });

const seen: Sandbox[] = [];

describe('tests that run at the same time', () => {
  const names = ['first', 'second', 'third', 'fourth'];

  test.concurrent.for(names)('the %s sees its own licenses only', async (name, { sandbox }) => {
    seen.push(sandbox);
    await sandbox.clock.advance(`P${names.indexOf(name)}D`);
    await Promise.all([1, 2, 3].map((n) => createLicense(sandbox.url, { name: `${name} ${n}` })));
    const licenses = await allLicenses(sandbox.url);
    expect(licenses.map((license) => license.name).toSorted()).toEqual(
      [1, 2, 3].map((n) => `${name} ${n}`),
    );
    expect(licenses.map(({ id }) => id).toSorted()).toEqual([1, 2, 3]);
    await sandbox.journal.verify({ match: { operation: 'createProgramLicense' }, times: 3 });
    const { now } = await sandbox.clock.get();
    expect(now).toBe(`2026-01-0${names.indexOf(name) + 1}T00:00:00.000Z`);
  });

  test('had a sandbox each, on one server, which is gone after the test', async ({ mock }) => {
    expect(new Set(seen.map(({ name }) => name)).size).toBe(names.length);
    expect(seen.every(({ url }) => url.startsWith(mock.url))).toBe(true);
    for (const sandbox of seen) {
      await expect(sandbox.clock.get()).rejects.toThrow('Sandbox not found');
    }
  });
});

describe('what a sandbox starts with', () => {
  test.override('sandboxOptions', { scenario: 'demo' });

  test('is said for a part of a file', async ({ sandbox }) => {
    const answer = await listLicenses(sandbox.url);
    expect(await answer.json()).toMatchObject({ count: 42 });
    expect((await sandbox.clock.get()).mode).toBe('running');
  });

  test('named from the test: A "Quote", ünïcode & a title that is far too long for a name', async ({
    sandbox,
  }) => {
    expect(sandbox.name).toMatch(/^named-from-the-test-a-quote-[a-z0-9-]+$/);
    expect(sandbox.name.length).toBeLessThanOrEqual(64);
  });

  test('a test may remove its sandbox itself', async ({ sandbox }) => {
    await expect(sandbox.remove()).resolves.toBeUndefined();
  });
});
