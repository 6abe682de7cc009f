/** Query strings and forms as Django's `QueryDict` reads them. */
import type { Query } from '../../messages/message.ts';
import type { Charset } from './decode-text.ts';

/** Django's DATA_UPLOAD_MAX_NUMBER_FIELDS: Django refuses more fields before it calls a view. */
const MAX_FIELDS = 1000;

/**
 * A name that is sent several times holds a list. Returns undefined if there are more fields than Django reads. The
 * charset is that of the request's body, also for its query.
 */
export function parseQueryDict(text: string, charset: Charset = 'utf8'): Query | undefined {
  if (text === '') return {};
  if (countFields(text) > MAX_FIELDS) return undefined;
  const values = new Map<string, string | string[]>();
  for (const [name, value] of charset === 'utf8' ? inUtf8(text) : inBytes(text, charset)) {
    const before = values.get(name);
    if (before === undefined) values.set(name, value);
    else if (typeof before === 'string') values.set(name, [before, value]);
    else before.push(value);
  }
  return Object.fromEntries(values);
}

/** With the leading &, URLSearchParams keeps a question mark at the start of the first name. */
function inUtf8(text: string): Iterable<[string, string]> {
  return new URLSearchParams(`&${text}`);
}

/** In a charset of one byte a character. */
function inBytes(text: string, charset: Charset): [string, string][] {
  const decode = (part: string) =>
    part.replaceAll('+', ' ').replaceAll(/%([\da-fA-F]{2})/g, (_, hex: string) => {
      const code = Number.parseInt(hex, 16);
      return code > 0x7f && charset === 'ascii' ? '\ufffd' : String.fromCharCode(code);
    });
  return text
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decode(name), decode(value.join('='))];
    });
}

/** Like `QueryDict.get`: returns the last of several values. */
export function lastValue(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.at(-1) : value;
}

function countFields(text: string): number {
  let count = 1;
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) count++;
  return count;
}
