/** docs/api.md and the README's table of vendors say what the specs say. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apiFile, readmeFile, renderApi, renderCounts, serveOwn } from '../support/api-docs.ts';

const served = await serveOwn();
const readme = readFileSync(readmeFile, 'utf8');

it('docs/api.md lists the operations of the specs (npm run docs:api)', () => {
  expect(readFileSync(apiFile, 'utf8')).toBe(renderApi(served));
});

describe('the README', () => {
  it('says how many operations each vendor has (npm run docs:api)', () => {
    expect(readme).toBe(renderCounts(readme, served));
  });

  it.each(served)('names only credentials that $vendor.name accepts', ({ vendor }) => {
    const [row = ''] = readme.match(new RegExp(`^\\| ${vendor.name} +\\|.*$`, 'm')) ?? [];
    const [, , , credentials = ''] = row.split('|');
    const { credentials: accepted } = vendor.introduce(vendor.scenario.configure({}));
    const named = Array.from(
      credentials.matchAll(/`([^`]+)`|none needed/g),
      ([all, header]) => header ?? all,
    );
    expect(named).not.toEqual([]);
    for (const each of named) {
      expect(accepted).toContainEqual(expect.stringMatching(new RegExp(`^${each}( |$)`)));
    }
  });

  it('misses a vendor that its table leaves out', () => {
    expect(() => renderCounts('| vendor |', served)).toThrow('has no row of ibl');
  });
});
