/** Parses `Name: value` of an option for headers. */
import { wrong, type Value } from '../config/options.ts';

/** The name in lower case. Throws `MockError` `bad-option`. */
export function parseHeader(header: Value): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(header.text) ?? [];
  if (name === undefined || value === undefined) throw wrong(header, "Write 'Name: value'");
  return [name.toLowerCase(), value];
}
