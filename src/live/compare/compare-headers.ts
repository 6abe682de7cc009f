/** Compares the headers that the mock sends as the vendor does. */
import type { Drift } from '../../control-api/control-api.ts';

type Headers = Readonly<Record<string, string>>;

/** They belong to one answer, its connection or its bytes. */
const IGNORED = new Set([
  'date',
  'content-length',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'server',
  'etag',
  'last-modified',
  'age',
]);
/** A gateway adds headers to the vendor's. These are the vendor's own even if the mock does not send them. */
const ALWAYS = ['content-type', 'www-authenticate', 'allow'];
/** Their values depend on records, time or host. */
const VALUE_VARIES =
  /^(?:location|retry-after|link|x-ratelimit-.+|x-rate-limit-.+|ratelimit.*|x-request-id)$/;

export function compareHeaders(mock: Headers, live: Headers, drift: Drift[]): void {
  const ours = withLowerCase(mock);
  const names = new Set([...Object.keys(ours), ...ALWAYS]);
  for (const name of names) {
    if (IGNORED.has(name) || name.startsWith('x-mock-')) continue;
    const [left, right] = [ours[name], live[name]];
    const isSame =
      left === undefined || right === undefined || VALUE_VARIES.test(name)
        ? (left === undefined) === (right === undefined)
        : normalize(left) === normalize(right);
    if (isSame) continue;
    drift.push({
      path: `headers.${name}`,
      what: 'header',
      ...(left !== undefined && { mock: left }),
      ...(right !== undefined && { live: right }),
    });
  }
}

function withLowerCase(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** White space and the case of a media type mean nothing. */
function normalize(value: string): string {
  return value
    .toLowerCase()
    .replaceAll(/\s*([,;=])\s*/g, '$1')
    .trim();
}
