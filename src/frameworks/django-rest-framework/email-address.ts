/** Django's `EmailValidator`. It takes more than JSON Schema's `email` as Prism checks it, such as maya@localhost. */
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** In code points. */
const MAX_LENGTH = 320;
/** Python's `[A-Z]` without case also has these four: dotted I, dotless i, long s, the Kelvin sign. */
const LETTER = 'A-Z\u0130\u0131\u017F\u212A';
const WORD = `[-!#$%&'*+/=?^_\`{}|~0-9${LETTER}]+`;
const NAME = new RegExp(String.raw`^${WORD}(?:\.${WORD})*$`, 'i');
/** All of ASCII but the null character, tab, line feed, carriage return, space, quotes and backslashes. */
const QUOTED = String.raw`[\x01-\x08\x0b\x0c\x0e-\x1f!#-\[\]-\x7f]`;
/** After a backslash: all of ASCII but the null character, line feed and carriage return. */
const ESCAPED = String.raw`\\[\x01-\x09\x0b\x0c\x0e-\x7f]`;
const QUOTED_NAME = new RegExp(`^"(?:${QUOTED}|${ESCAPED})*"$`);
const END = `[0-9${LETTER}]`;
const INNER = `[-0-9${LETTER}]`;
const DOMAIN = new RegExp(
  String.raw`^(?:${END}(?:${INNER}{0,61}${END})?\.)+${INNER}{1,62}${END}$`,
  'i',
);
/** With a letter beyond ASCII, and of ASCII only what a domain has. Node would remove tabs, and read numbers as IPv4. */
const FOREIGN = /^(?=.*[^\0-\x7f])[-0-9A-Z.\x80-\uffff]+$/i;
const LITERAL = /^\[([0-9A-F:.]+)\]$/i;

export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [name, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 0 || text.length > 2 * MAX_LENGTH || [...text].length > MAX_LENGTH) return false;
  if (!NAME.test(name) && !QUOTED_NAME.test(name)) return false;
  return domain === 'localhost' || isDomain(domain) || isForeignDomain(domain);
}

/** Node knows a newer IDNA than Python: they differ in names that hardly exist, such as digits of other scripts. */
function isForeignDomain(domain: string): boolean {
  return FOREIGN.test(domain) && isDomain(domainToASCII(domain));
}

function isDomain(text: string): boolean {
  const [, address] = LITERAL.exec(text) ?? [];
  return DOMAIN.test(text) || (address !== undefined && isIP(address) !== 0);
}
