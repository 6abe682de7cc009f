/** The package without its compiled code, which `npm run build` adds. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');

let packed: readonly string[] = [];

beforeAll(() => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const output = execFileSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // npm versions differ in what surrounds the only package.
  const [only] = Object.values(JSON.parse(output) as object) as { files: { path: string }[] }[];
  packed = (only?.files ?? []).map((file) => file.path);
});

describe('the Markdown files of the package', () => {
  it('link only to files and folders of the package', () => {
    const files = packed.filter((file) => file.endsWith('.md'));
    expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/testing.md']));
    const broken = files.flatMap((file) =>
      relativeLinks(readFileSync(path.join(root, file), 'utf8'))
        .filter((link) => !isPacked(path.posix.join(path.posix.dirname(file), link)))
        .map((link) => `${file}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('are found to have links', () => {
    const text = '[a](docs/a.md#top) [b](https://b.example) [c](#c) ![d](d.svg) `[e](e)`';
    expect(relativeLinks(text)).toEqual(['docs/a.md', 'd.svg']);
  });
});

describe('the version of the package', () => {
  it('is the newest of the CHANGELOG, and that of the lock file', () => {
    const { version } = readJson('package.json');
    const changelog = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
    expect(version).toBe(/^## (\S+)/m.exec(changelog)?.[1]);
    expect(readJson('package-lock.json').version).toBe(version);
  });
});

function readJson(file: string): { readonly version: string } {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as { readonly version: string };
}

/** Targets of inline links and images, without their fragment; URLs, fragments alone and code are left out. */
function relativeLinks(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .flatMap(([, target]) => target ?? [])
    .filter((target) => !/^[a-z]+:/.test(target));
}

function isPacked(target: string): boolean {
  return packed.some((file) => file === target || file.startsWith(`${target}/`));
}
