/** Renders a value as YAML that parses to the same value. */
import { stringify } from 'yaml';

export function renderYaml(value: unknown): string {
  // No aliases, because people read the file and edit single places.
  return stringify(value, { lineWidth: 120, aliasDuplicateObjects: false });
}
