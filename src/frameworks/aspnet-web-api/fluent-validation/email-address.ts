/**
 * The syntax of email addresses that FluentValidation 7.2.1 requires, the same as .NET's EmailAddress
 * attribute. .NET's regular expression backtracks exponentially on some texts, so this code checks it by hand.
 */
const UCS = String.raw`\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF`;
const LOCAL = new RegExp(`^[a-z\\d!#$%&'*+\\-/=?^_\`{|}~.${UCS}]+$`, 'i');
const DOMAIN = new RegExp(`^[a-z\\d\\-._~${UCS}]+$`, 'i');
const ALPHANUMERIC = new RegExp(`[a-z\\d${UCS}]`, 'i');
const ALPHABETIC = new RegExp(`[a-z${UCS}]`, 'i');
/** The content of a quoted local part: folded white space, plain characters and escaped characters. */
const QUOTED = new RegExp(
  String.raw`^(?:[\x01-\x08\x0b\x0c\x0e-!#-[\]-\x7f${UCS}]|[ \t]|\r\n[ \t]|\\[\x01-\t\x0b-\x7f${UCS}])*$`,
);

export function isEmailAddress(text: string): boolean {
  // In .NET, $ also matches before a trailing line feed.
  const address = text.endsWith('\n') ? text.slice(0, -1) : text;
  const at = address.lastIndexOf('@');
  return at > 0 && isLocalPart(address.slice(0, at)) && isDomain(address.slice(at + 1));
}

function isLocalPart(local: string): boolean {
  if (local.startsWith('"')) {
    return local.length > 1 && local.endsWith('"') && QUOTED.test(local.slice(1, -1));
  }
  return LOCAL.test(local) && !`.${local}.`.includes('..');
}

/**
 * A domain is labels and a final label, separated by a dot; the final one starts and ends with a letter. Because
 * a label may contain dots, it is enough to find one dot with valid neighbours.
 */
function isDomain(whole: string): boolean {
  const domain = whole.endsWith('.') ? whole.slice(0, -1) : whole;
  if (!DOMAIN.test(domain)) return false;
  if (!ALPHANUMERIC.test(domain.charAt(0)) || !ALPHABETIC.test(domain.at(-1) ?? '')) return false;
  for (let dot = domain.indexOf('.', 1); dot > 0; dot = domain.indexOf('.', dot + 1)) {
    const isBetween =
      ALPHANUMERIC.test(domain.charAt(dot - 1)) && ALPHABETIC.test(domain.charAt(dot + 1));
    if (isBetween) return true;
  }
  return false;
}
