/** The header `Prefer` (RFC 7240): what a client asks of one answer. */
import type { Preference } from '../openapi/generate-response.ts';

export type Prefer = {
  /** What to answer instead of the handler's answer; undefined: the handler answers. */
  readonly preference: Preference | undefined;
  readonly delayMs: number;
};

const NONE: Prefer = { preference: undefined, delayMs: 0 };
const MAX_DELAY_MS = 60_000;

/** Preferences that are not known are ignored, as the RFC wants. Delays are cut at 60 s. */
export function parsePrefer(header: string | undefined): Prefer {
  if (header === undefined) return NONE;
  const wanted = new Map<string, string>();
  for (const part of header.split(/[,;]/)) {
    const [name = '', value = ''] = part.split('=', 2).map((text) => text.trim());
    const key = name.toLowerCase();
    // The first of several with one name counts (RFC 7240, 2).
    if (!wanted.has(key)) wanted.set(key, value.replace(/^"(.*)"$/, '$1'));
  }
  const code = wanted.get('code');
  const example = wanted.get('example');
  const isDynamic = wanted.get('dynamic') === 'true';
  const preference: Preference = {
    ...(code !== undefined && { code: Number(code) }),
    ...(example !== undefined && { example }),
    ...(isDynamic && { dynamic: true }),
  };
  return {
    preference: Object.keys(preference).length > 0 ? preference : undefined,
    delayMs: Math.min(delayOf(wanted.get('delay')), MAX_DELAY_MS),
  };
}

/** `PT2S`, `PT0.5S`, `PT1M`, or milliseconds. */
function delayOf(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\d+$/.test(text)) return Number(text);
  const parts = /^PT(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/i.exec(text);
  return parts ? Number(parts[1] ?? 0) * 60_000 + Number(parts[2] ?? 0) * 1000 : 0;
}
