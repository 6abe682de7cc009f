/** Compares media types and negotiates `Accept` as the framework does. */

export type MediaType = {
  /** In lower case; empty if the text has none. */
  readonly main: string;
  readonly sub: string;
  readonly parameters: ReadonlyMap<string, string>;
};

export type Negotiated = {
  /** False if JSON, the only format that views render, is not accepted. */
  readonly isAcceptable: boolean;
  /** Spaces to indent by, from `application/json; indent=4`; undefined for no indentation. */
  readonly indent: number | undefined;
};

export const JSON_TYPE = parseMediaType('application/json');
export const FORM_TYPE = parseMediaType('application/x-www-form-urlencoded');
export const MULTIPART_TYPE = parseMediaType('multipart/form-data');

const ANYTHING: Negotiated = { isAcceptable: true, indent: undefined };
const NOTHING: Negotiated = { isAcceptable: false, indent: undefined };
const MAX_INDENT = 8;

/** Ignores quality values and invalid media types. Uses the most specific type that matches JSON. */
export function negotiate(accept: string | undefined): Negotiated {
  if (accept === undefined || accept === '*/*') return ANYTHING;
  const fitting = accept
    .split(',')
    .map(parseMediaType)
    .filter((type) => isMatch(JSON_TYPE, type));
  if (fitting.length === 0) return NOTHING;
  const chosen = fitting.reduce((best, type) =>
    precedence(type) > precedence(best) ? type : best,
  );
  return { isAcceptable: true, indent: indentOf(chosen) };
}

/** Never fails: a text that is not a media type gives one that matches nothing. */
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

/** A `*` in `theirs` matches anything. */
export function isMatch(ours: MediaType, theirs: MediaType): boolean {
  return (
    (theirs.sub === '*' || theirs.sub === ours.sub) &&
    (theirs.main === '*' || theirs.main === ours.main)
  );
}

function precedence({ main, sub, parameters }: MediaType): number {
  if (main === '*') return 0;
  if (sub === '*') return 1;
  return parameters.size === 0 || (parameters.size === 1 && parameters.has('q')) ? 2 : 3;
}

function indentOf({ parameters }: MediaType): number | undefined {
  const text = parameters.get('indent')?.trim() ?? '';
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const indent = Math.min(Number(text), MAX_INDENT);
  return indent > 0 ? indent : undefined;
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
