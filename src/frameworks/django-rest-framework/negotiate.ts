/** What the framework makes of `Accept`: JSON is all it renders here. */
import { isMatch, JSON_TYPE, parseMediaType, type MediaType } from '../../vendors/ibl/media-type.ts';

export type Negotiated = {
  readonly acceptable: boolean;
  /** How many spaces to indent by, asked for with `application/json; indent=4`; undefined: none. Ledger IBL-INDENT. */
  readonly indent: number | undefined;
};

const ANYTHING: Negotiated = { acceptable: true, indent: undefined };
const NOTHING: Negotiated = { acceptable: false, indent: undefined };
const MAX_INDENT = 8;

/** Quality values do not count; the most specific type that JSON fits is taken. Parts that are no type are passed over. */
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
  return { acceptable: true, indent: indentOf(chosen) };
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
