/** Renders a value as YAML that parses to the same value. */
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

export function renderYaml(value: unknown): string {
  // Loaded at the first use, as for `yaml-document.ts`.
  const { stringify } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  // No aliases, because people read the file and edit single places.
  return stringify(value, { lineWidth: 120, aliasDuplicateObjects: false });
}
