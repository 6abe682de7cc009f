/** Preferences for an address bar, which cannot set headers: `?__code=404&__example=gone&__dynamic=true`. */
import type { RawRequest } from './read-request.ts';

const NAMES = new Set(['__code', '__example', '__dynamic']);

/**
 * Converts these parameters to the header `Prefer`, so that vendors, patterns and the journal do not see
 * them. A `Prefer` header in the request takes precedence.
 */
export function findPreferences(raw: RawRequest): RawRequest {
  if (!raw.query.includes('__')) return raw;
  const parts = raw.query.split('&');
  const kept = parts.filter((part) => !NAMES.has(nameOf(part)));
  if (kept.length === parts.length) return raw;
  const preferences = [...new URLSearchParams(raw.query)]
    .filter(([name]) => NAMES.has(name))
    .map(([name, value]) => `${name.slice(2)}=${quote(value)}`);
  const prefer = [raw.headers['prefer'] ?? [], preferences].flat().join(', ');
  return { ...raw, query: kept.join('&'), headers: { ...raw.headers, prefer } };
}

function nameOf(part: string): string {
  return part.split('=', 1)[0] ?? '';
}

function quote(value: string): string {
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
