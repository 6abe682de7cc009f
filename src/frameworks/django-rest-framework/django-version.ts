/** Ledger row DJANGO: what depends on the version of Django. */
import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../framework.ts';
import { parseInstant, parseIsoInstant, type ParsedInstant } from './instant.ts';

/** Reads a text that was sent. All versions read the documented form in the same way. */
export function readInstant(text: string, context: Context<unknown>): ParsedInstant {
  const before = parseInstant(text);
  if (typeof before === 'object' && before.documented) return before;
  const since = parseIsoInstant(text);
  if (isDeepStrictEqual(before, since)) return before;
  return isDjango5(context) ? since : before;
}

/** The media type of Django's own pages. */
export function pageType(context: Context<unknown>): string {
  return isDjango5(context) ? 'text/html; charset=utf-8' : 'text/html';
}

function isDjango5(context: Context<unknown>): boolean {
  return context.choose('DJANGO') === '5.2';
}
