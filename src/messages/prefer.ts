/** The header `Prefer` (RFC 7240), with which a client chooses its answer. */
import { MockError } from '../errors.ts';
import { lengthOf, parseIsoDuration } from '../time/duration.ts';

/** A request to Prism's mocker. */
export type Preference = {
  /** The documented status to answer with; undefined for the operation's success. */
  readonly code?: number;
  /** The name of a documented example. */
  readonly example?: string;
  /** True for values generated from the schema; false for examples and defaults. */
  readonly dynamic?: boolean;
};

export type Prefer = {
  /** The answer to use instead of the handler's; undefined if the handler answers. */
  readonly preference: Preference | undefined;
  readonly delayMs: number;
};

const NONE: Prefer = { preference: undefined, delayMs: 0 };
const MAX_DELAY_MS = 60_000;

/** `name`, `name=value` or `name="quoted, with = and \\" in it"`. */
const PREFERENCE = /([^\s=,;]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^,;]*)))?/g;

/**
 * Ignores unknown preferences, as the RFC requires. Limits delays to 60 s. Throws `MockError`
 * `bad-preference` for an invalid value of a known preference.
 */
export function parsePrefer(header: string | undefined): Prefer {
  if (header === undefined) return NONE;
  const wanted = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of header.matchAll(PREFERENCE)) {
    const key = name.toLowerCase();
    // If a preference is repeated, the first one counts (RFC 7240, 2).
    if (!wanted.has(key)) wanted.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? plain.trim());
  }
  const code = wanted.get('code');
  const example = wanted.get('example');
  const isDynamic = isDynamicBy(wanted.get('dynamic'));
  const preference: Preference = {
    ...(code !== undefined && { code: codeOf(code) }),
    ...(example !== undefined && { example }),
    ...(isDynamic && { dynamic: true }),
  };
  return {
    preference: Object.keys(preference).length > 0 ? preference : undefined,
    delayMs: Math.min(delayOf(wanted.get('delay')), MAX_DELAY_MS),
  };
}

/** Parses an ISO 8601 duration without months and years, or a number of seconds. */
function delayOf(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const duration = parseIsoDuration(text);
  const ms = duration && lengthOf(duration);
  if (ms === undefined || ms < 0) {
    throw wrong('delay', text, 'Write a duration such as PT2S or PT0.5S');
  }
  return ms;
}

function codeOf(text: string): number {
  if (/^[2-5]\d\d$/.test(text)) return Number(text);
  throw wrong('code', text, 'Write a status such as 403');
}

function isDynamicBy(text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true' || text === '') return true;
  throw wrong('dynamic', text, 'Write true or false');
}

function wrong(name: string, value: string, advice: string): MockError {
  return new MockError('bad-preference', `Prefer: ${name} cannot be "${value}". ${advice}.`);
}
