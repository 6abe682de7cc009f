/** A value as YAML text that gives the same value when it is parsed. */
import { stringify } from 'yaml';

export function renderYaml(value: unknown): string {
  // No aliases: a person reads the file, and changes one place of it.
  return stringify(value, { lineWidth: 120, aliasDuplicateObjects: false });
}
