/** The commands in the documents run on macOS too, whose tools come from BSD and not from GNU. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { shellBlocks } from '../support/shell-blocks.ts';

/** What BSD's tools do not have, or read differently. */
const GNU_ONLY: readonly RegExp[] = [
  // GNU takes no suffix after a space, BSD requires one.
  /\bsed (?:-\w+ )*-i(?: |$)/m,
  /\bdate (?:-d|--date|\+\S*%N)/,
  /\bcp (?:-a|-\w*u\w*|--\w+)\b/,
  /\b(?:ls|rm|mkdir|cp|mv|grep|sed|sort|head|tail|xargs|find) --\w/,
  /\bgrep -\w*P/,
  /\breadlink -f\b/,
  /\bstat -c\b/,
  /\bxargs -\w*[rd]\b/,
  /\bbase64 -w/,
  /\bhead -n -\d/,
  /\bhostname -I\b/,
  /^\s*(?:timeout|setsid|nproc|tac|shuf|numfmt|realpath|apt|apt-get|xdg-open|ss|ip) /m,
  /\/proc\//,
];

function findGnuOnly(commands: string): readonly string[] {
  return GNU_ONLY.flatMap((form) => form.exec(commands)?.[0] ?? []);
}

const root = path.join(import.meta.dirname, '../..');
const files = globSync(['README.md', 'CONTRIBUTING.md', 'docs/**/*.md', 'bench/*.md'], {
  cwd: root,
});

describe('the commands', () => {
  it.each(files)('of %s', (file) => {
    expect(shellBlocks(file).flatMap(findGnuOnly)).toEqual([]);
  });

  it('are found', () => {
    expect(files.flatMap(shellBlocks).length).toBeGreaterThan(8);
  });

  it.each([
    "sed -i 's/a/b/' file",
    'date -d tomorrow',
    'cp -a from to',
    'timeout 5 npm start',
    'grep -oP x file',
    'ls --all',
  ])('may not be %j', (command) => {
    expect(findGnuOnly(command)).toHaveLength(1);
  });

  it('may be of both', () => {
    const both = "sed -i.bak 's/a/b/' file\nmkdir -p a\ncp -R a b\ndocker run --rm x\ncurl -X PUT";
    expect(findGnuOnly(both)).toEqual([]);
  });
});
