#!/usr/bin/env node
// The command `license-mock`, in plain JavaScript: a Node that is too old to read TypeScript can still say so.
import module from 'node:module';
import v8 from 'node:v8';
import { describeOldNode } from '../node-version.js';

const oldNode = describeOldNode();
if (oldNode !== undefined) {
  process.stderr.write(
    `${oldNode}\n` +
      'In a clone: run `npm ci` again and let it run the install script of the package "node", which brings Node 24;\n' +
      'then start by npm (npm start), which finds it. Elsewhere: install Node 24.18 or later.\n',
  );
  process.exit(3);
}
// One of V8's compilers takes 180 MB for a moment, and again, over the check of a large answer: Ajv names its
// functions so (the same decision).
v8.setFlagsFromString('--maglev-filter=-validate*');
// What is compiled is cached before anything else is imported: a good part of the start.
module.enableCompileCache();
const { limitHeapGrowth } = await import('./heap-growth.ts');
limitHeapGrowth();
const { run } = await import('./run.ts');
await run(process.argv.slice(2));
