/** Builds the console. Does nothing where Vite is not installed, so that an install without development tools works. */
import path from 'node:path';

// A test runner sets NODE_ENV, and React would then be its slow development version.
process.env['NODE_ENV'] = 'production';
try {
  const { build } = await import('vite');
  await build({ configFile: path.join(import.meta.dirname, 'vite.config.ts'), logLevel: 'error' });
} catch (thrown) {
  if (thrown?.code !== 'ERR_MODULE_NOT_FOUND') throw thrown;
}
