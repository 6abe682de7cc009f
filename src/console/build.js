/** Builds the console. Does nothing where Vite is not installed, so that an install without development tools works. */
import path from 'node:path';

try {
  const { build } = await import('vite');
  await build({ configFile: path.join(import.meta.dirname, 'vite.config.ts'), logLevel: 'error' });
} catch (thrown) {
  if (thrown?.code !== 'ERR_MODULE_NOT_FOUND') throw thrown;
}
