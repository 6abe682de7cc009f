/** Builds the console into dist/console, with a compressed copy of each file beside it. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const OUT = path.join(import.meta.dirname, '../../dist/console');

/** Files that are too short to gain from compression stay alone. */
const LEAST_BYTES = 1_000;

function compress(): Plugin {
  return {
    name: 'compress',
    closeBundle() {
      const folder = path.join(OUT, 'console');
      for (const name of readdirSync(folder).filter((each) => /\.(?:js|css|svg)$/.test(each))) {
        const file = path.join(folder, name);
        const content = readFileSync(file);
        if (content.length < LEAST_BYTES) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

// oxlint-disable-next-line import/no-default-export -- the form vite wants
export default defineConfig({
  root: import.meta.dirname,
  // The page is served under /_mock/, behind whatever prefix a proxy adds.
  base: './',
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    assetsDir: 'console',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
  plugins: [compress()],
});
