/**
 * Joins what tsc wrote to dist into one file for each way in, and the chunks that they share: a start would spend a third
 * of its time on opening 400 files. Libraries stay outside; the declarations stay as they are.
 */
import { globSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';

const root = path.join(import.meta.dirname, '..');
const { bin, exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const named = [
  ...Object.values(bin),
  ...Object.values(exports).map((way) => way.default?.default ?? way.default),
];
const ways = named.filter((file) => file?.endsWith('.js')).map((file) => path.normalize(file));
// Started by its name, in a process of its own.
ways.push(path.join('dist', 'contracts', 'verifier-process.js'));

const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries(
    ways.map((file) => [path.relative('dist', file).slice(0, -'.js'.length), file]),
  ),
  platform: 'node',
  external: (id) => !id.startsWith('.') && !path.isAbsolute(id) && !ways.includes(id),
});
const { output } = await bundle.write({
  dir: 'dist',
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
});
const written = new Set(output.map(({ fileName }) => path.normalize(fileName)));
for (const file of globSync('**/*.js', { cwd: path.join(root, 'dist') })) {
  if (!written.has(file)) rmSync(path.join(root, 'dist', file));
}
