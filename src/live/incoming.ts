/** What of a live vendor's answer reaches the client. */
import type { UpstreamConfig } from '../config/upstream-options.ts';
import type { LiveAnswer } from './http-client.ts';

const DROPPED = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'set-cookie',
  'alt-svc',
  'strict-transport-security',
]);
const DROPPED_START = /^(?:x-mock-|access-control-)/;

/** `baseUrl`: where the client reaches the vendor's paths; a redirect of the vendor to itself leads there. */
export function toClient(
  { headers }: LiveAnswer,
  upstream: UpstreamConfig,
  baseUrl: string,
): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => !DROPPED.has(name) && !DROPPED_START.test(name),
  );
  const { location, ...rest } = Object.fromEntries(kept);
  if (location === undefined) return rest;
  const isOwn = location === upstream.url || location.startsWith(`${upstream.url}/`);
  return {
    ...rest,
    location: isOwn ? `${baseUrl}${location.slice(upstream.url.length)}` : location,
  };
}
