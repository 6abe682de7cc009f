/** The package's own names in a text, as they are in a clone that has not been built. */
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

/** What the package exports to ES modules. */
const sources: Readonly<Record<string, string>> = {
  'license-mock': path.join(root, 'src/index.ts'),
  'license-mock/connect': path.join(root, 'src/connect.ts'),
  'license-mock/vitest': path.join(root, 'src/vitest.ts'),
  'license-mock/vitest/setup': path.join(root, 'src/vitest-setup.ts'),
};

/** `import … from 'license-mock'` and other strings become the path of the source. */
export function fromSources(text: string): string {
  return Object.entries(sources).reduce(
    (changed, [name, source]) => changed.replaceAll(`'${name}'`, `'${source}'`),
    text,
  );
}
