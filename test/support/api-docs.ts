/** Writes docs/api.md and the README's numbers of operations from specs/; run by `npm run docs:api`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Served } from '../../src/http/find-route.ts';
import { serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';

const root = path.join(import.meta.dirname, '../..');
export const apiFile = path.join(root, 'docs/api.md');
export const readmeFile = path.join(root, 'README.md');

const HEAD = `# The vendors' operations

Written from \`specs/\` by \`npm run docs:api\`: change the spec, not this file. The control API is described in [specs/control.yaml](../specs/control.yaml).
`;

export function renderApi(served: readonly Served[]): string {
  const tables = served.map(({ vendor, spec }) =>
    [
      `\n## ${vendor.name}\n`,
      `${vendor.title}. Spec: [specs/${vendor.name}.yaml](../specs/${vendor.name}.yaml).\n`,
      '| method | path | operation | what it does |',
      '| --- | --- | --- | --- |',
      ...spec.operations.map(({ operation: { method, path: address, id, summary } }) =>
        renderRow(method, `\`${address}\``, `\`${id}\``, summary),
      ),
      '',
    ].join('\n'),
  );
  return [HEAD, ...tables].join('');
}

function renderRow(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

/** The README with each vendor's number of operations. Throws where its table has no row of a vendor. */
export function renderCounts(readme: string, served: readonly Served[]): string {
  return served.reduce((text, { vendor: { name }, spec }) => {
    const row = new RegExp(String.raw`^(\| ${name} +\| )( *\d+)(?= \|)`, 'm');
    if (!row.test(text)) throw new Error(`README.md, "What it serves", has no row of ${name}.`);
    return text.replace(
      row,
      (_, start: string, { length }: string) =>
        `${start}${String(spec.operations.length).padStart(length)}`,
    );
  }, readme);
}

export async function serveOwn(): Promise<readonly Served[]> {
  const served = await serveSpecs({ specs: undefined }, vendors);
  // In the order of the list of vendors.
  return vendors.flatMap((vendor) => served.filter((each) => each.vendor === vendor));
}

if (import.meta.main) {
  const served = await serveOwn();
  writeFileSync(apiFile, renderApi(served));
  writeFileSync(readmeFile, renderCounts(readFileSync(readmeFile, 'utf8'), served));
}
