/**
 * `npm run bench`: license-mock beside what a user would pick instead, and beside itself, in one run; writes
 * bench/results.md.
 *
 *     npm run bench -- [--rounds 5] [--seconds 3] [--only peers,vendors,own,lists,latency,shadow,database,start,memory,before]
 *         [--before COMMIT] [--write no]
 *
 * The peers are installed into bench/node_modules at first use. `npm run bench -- --only soak [--requests N]
 * [--replicas 3]` is the long one.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureBefore } from './measure-before.ts';
import { measureDatabase } from './measure-database.ts';
import { compileSpecs, root, withCheckout } from './load/checkout.ts';
import { measureLatency } from './measure-latency.ts';
import { measureLists } from './measure-lists.ts';
import { measureMemory } from './measure-memory.ts';
import { measureOwn } from './measure-own.ts';
import { measurePeers } from './measure-peers.ts';
import { measureShadow } from './measure-shadow.ts';
import { measureStart } from './measure-start.ts';
import { measureVendors } from './measure-vendors.ts';
import { describeRun } from './report.ts';
import { soak } from './soak.ts';

const PARTS = [
  'peers',
  'vendors',
  'own',
  'lists',
  'latency',
  'shadow',
  'database',
  'start',
  'memory',
  'before',
];
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    before: { type: 'string', default: '832cbfa' },
    only: { type: 'string', default: PARTS.join(',') },
    requests: { type: 'string', default: '1000000' },
    replicas: { type: 'string', default: '0' },
    write: { type: 'string', default: 'yes' },
  },
});
const pace = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
const wanted = values.only.split(',');

const needsPeers = wanted.includes('peers') || wanted.includes('latency');
if (needsPeers && !existsSync(path.join(import.meta.dirname, 'node_modules'))) {
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
  });
}
// A clone may have changed since it was installed.
compileSpecs(root);
const parts: string[] = [];
/** Printed at once, so that a later part that fails loses nothing. */
const add = (part: string): void => {
  process.stdout.write(`${part}
`);
  parts.push(part);
};
add(describeRun(`npm run bench -- ${process.argv.slice(2).join(' ')}`.trim(), pace));
if (wanted.includes('peers')) add(await measurePeers(pace));
if (wanted.includes('vendors')) add(await measureVendors(pace));
if (wanted.includes('own')) add(await measureOwn(pace));
if (wanted.includes('lists')) add(await measureLists());
if (wanted.includes('latency')) add(await measureLatency(pace));
if (wanted.includes('shadow')) add(await measureShadow(pace));
if (wanted.includes('database')) add(await measureDatabase(pace));
if (['start', 'memory', 'before'].some((part) => wanted.includes(part))) {
  await withCheckout(values.before, async (before) => {
    if (wanted.includes('start')) add(await measureStart(before));
    if (wanted.includes('memory')) add(await measureMemory(before));
    if (wanted.includes('before')) add(await measureBefore(before, pace));
  });
}
if (wanted.includes('soak')) {
  add(await soak(Number(values.requests), Number(values.replicas)));
}
const text = `${parts.join('\n')}\n`;
if (values.write !== 'no') {
  const name = wanted.includes('soak') ? 'soak-results.md' : 'results.md';
  writeFileSync(path.join(import.meta.dirname, name), text);
}
