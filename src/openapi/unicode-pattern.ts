/** Regular expressions as they are written for most tools, in the stricter form of JavaScript's Unicode mode. */

/** What a backslash may precede in Unicode mode. */
const ESCAPABLE = /[\^$\\.*+?()[\]{}|/dDwWsSbBfnrtvcxukpP0-9]/;
const QUANTIFIER = /^\{\d+(?:,\d*)?\}/;

/** The pattern itself where it compiles already, and where it is wrong in every mode. */
export function toUnicodePattern(pattern: string): string {
  if (compiles(pattern, 'u') || !compiles(pattern, '')) return pattern;
  let result = '';
  let isInClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    if (letter === '\\') {
      const isKept = ESCAPABLE.test(next) || (isInClass && next === '-');
      result += isKept ? letter + next : next;
      at += 1;
    } else if (isInClass) {
      isInClass = letter !== ']';
      result += letter === '-' && isBesideClass(pattern, at) ? String.raw`\-` : letter;
    } else if (letter === '{' && QUANTIFIER.test(pattern.slice(at))) {
      const [quantifier = letter] = QUANTIFIER.exec(pattern.slice(at)) ?? [];
      result += quantifier;
      at += quantifier.length - 1;
    } else {
      isInClass = letter === '[';
      result += '{}]'.includes(letter) ? `\\${letter}` : letter;
    }
  }
  return compiles(result, 'u') ? result : pattern;
}

/** `[\w-.]`: no range, since one of its ends is a class. */
function isBesideClass(pattern: string, at: number): boolean {
  return /\\[dDwWsS]$/.test(pattern.slice(0, at)) || /^\\[dDwWsS]/.test(pattern.slice(at + 1));
}

function compiles(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
}
