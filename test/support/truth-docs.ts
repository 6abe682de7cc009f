/** Writes docs/truth.md from the ledger and the probes; run by `npm run docs:truth`. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadProbes } from '../../src/calibration/probe.ts';
import type { LedgerRow } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/parts.ts';
import { PACKAGE_FOLDER } from '../../src/package-folder.ts';
import { vendors } from '../../src/vendors/index.ts';

export const truthFile = path.join(PACKAGE_FOLDER, 'docs/truth.md');

const HEAD = `# What is known, and how

Written from \`specs/ledger.yaml\` and \`specs/probes/\` by \`npm run docs:truth\`: change those, not this file.

Where the docs of a vendor are contradictory, silent or wrong, a row of the [ledger](../specs/ledger.yaml) says what the mock does, and on what evidence:

- **documented**: a source of the vendor says so.
- **executed**: the vendor's framework was run, and does so.
- **observed**: the vendor was seen to do so.
- **assumed**: nobody knows. It is the likeliest behavior.

Rows that can be **switched** have several choices. An assumed row that has none is **fixed**, and says why. A **probe** tells how a live vendor treats a row: with an account at the vendor, [\`license-mock calibrate\`](calibrate.md) turns these rows into observed ones, for your account and on that day.

`;
const EVIDENCE = ['documented', 'executed', 'observed', 'assumed'] as const;

export function renderTruth(): string {
  const ledger = openLedger();
  const counts = vendors.map(({ name }) => {
    const rows = ledger.rows.filter(({ vendor }) => vendor === name);
    const file = path.join(PACKAGE_FOLDER, `specs/probes/${name}.yaml`);
    const probes = existsSync(file) ? loadProbes(file, ledger).probes : [];
    return { name, numbers: count(rows, probes.filter(({ steps }) => steps).length), probes };
  });
  const totals = counts.reduce<readonly number[]>(
    (sums, { numbers }) => numbers.map((number, index) => number + (sums[index] ?? 0)),
    [],
  );
  const table = [
    renderRow(['vendor', 'rows', ...EVIDENCE, 'switched', 'fixed', 'probed']),
    renderRow(['---', ...totals.map(() => '--:')]),
    ...counts.map(({ name, numbers }) => renderRow([name, ...numbers])),
    renderRow(['**all**', ...totals.map((total) => `**${total}**`)]),
  ];
  const reasons = counts.flatMap(({ probes }) =>
    probes.flatMap(({ row, notProbed }) =>
      notProbed === undefined ? [] : [`- \`${row}\`: ${notProbed}`],
    ),
  );
  const fixed = ledger.rows.flatMap(({ id, fixed: why }) =>
    why === undefined ? [] : [`- \`${id}\`: ${why}`],
  );
  return [
    `${HEAD}${table.join('\n')}`,
    '## Why some rows are not probed',
    reasons.join('\n'),
    '## Why some assumed rows cannot be switched',
    `${fixed.join('\n')}\n`,
  ].join('\n\n');
}

function count(rows: readonly LedgerRow[], probed: number): readonly number[] {
  return [
    rows.length,
    ...EVIDENCE.map((evidence) => rows.filter((row) => row.evidence === evidence).length),
    rows.filter(({ choices, number }) => choices ?? number).length,
    rows.filter(({ fixed }) => fixed !== undefined).length,
    probed,
  ];
}

function renderRow(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

if (import.meta.main) writeFileSync(truthFile, renderTruth());
