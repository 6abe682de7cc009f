/** Media types as the framework compares them. */

export type MediaType = {
  /** In lower case; empty where the text has none. */
  readonly main: string;
  readonly sub: string;
  readonly parameters: ReadonlyMap<string, string>;
};

export const JSON_TYPE = parseMediaType('application/json');
export const FORM_TYPE = parseMediaType('application/x-www-form-urlencoded');

/** Never fails: what is no media type matches nothing. */
export function parseMediaType(text: string): MediaType {
  const [type = '', ...rest] = text.split(';');
  const [main = '', ...sub] = type.trim().toLowerCase().split('/');
  const parameters = rest.flatMap((part) => {
    const [name = '', ...value] = part.split('=');
    if (value.length === 0) return [];
    return [[name.trim().toLowerCase(), unquote(value.join('=').trim())] as const];
  });
  return { main, sub: sub.join('/'), parameters: new Map(parameters) };
}

/** A star on either side matches anything; `parameters` of the offered type count, ours have none. */
export function isMatch(ours: MediaType, theirs: MediaType): boolean {
  return (
    (theirs.sub === '*' || theirs.sub === ours.sub) &&
    (theirs.main === '*' || theirs.main === ours.main)
  );
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
