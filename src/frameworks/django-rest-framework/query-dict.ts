/** Query strings and forms as Django's `QueryDict` reads them. */
import type { Query } from '../../messages/message.ts';

/** Django's DATA_UPLOAD_MAX_NUMBER_FIELDS: Django refuses more fields before it calls a view. */
const MAX_FIELDS = 1000;

/** A name that is sent several times holds a list. Returns undefined if there are more fields than Django reads. */
export function parseQueryDict(text: string): Query | undefined {
  if (text === '') return {};
  if (countFields(text) > MAX_FIELDS) return undefined;
  const values = new Map<string, string | string[]>();
  // With the leading &, URLSearchParams keeps a question mark at the start of the first name.
  for (const [name, value] of new URLSearchParams(`&${text}`)) {
    const before = values.get(name);
    if (before === undefined) values.set(name, value);
    else if (typeof before === 'string') values.set(name, [before, value]);
    else before.push(value);
  }
  return Object.fromEntries(values);
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
