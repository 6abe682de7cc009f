/** Parses a header that is to be sent to a live vendor, such as its credentials. */
import { wrong, type Value } from './options.ts';

const HEADER = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/;

/** The name is in lower case. Messages do not show the value: it is often a secret. */
export function parseHeader({ source, text }: Value): readonly [string, string] {
  const [, name, value] = HEADER.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value];
  throw wrong({ source, text: '…' }, "Write 'Name: value'");
}
