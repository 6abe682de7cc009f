/** The options of `serve` about live vendors. */
import type { Option } from './options.ts';
import { readRequired, wrong, type Given, type Value } from './options.ts';
import { parseHeader } from './parse-header.ts';
import { oneOf, parseSwitch, parseTime } from './parse-value.ts';

export const upstreamModes = ['mock', 'proxy', 'fallback', 'shadow'] as const;

/**
 * `mock`: the vendor is not used. `proxy`: every request is forwarded. `fallback`: what the mock has no handler for is
 * forwarded. `shadow`: the mock answers; the vendor is asked as well, and the answers are compared.
 */
export type UpstreamMode = (typeof upstreamModes)[number];

/** The live vendor behind a mocked one. */
export type UpstreamConfig = {
  readonly vendor: string;
  /** Without a trailing slash. The vendor's documented paths follow it. */
  readonly url: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The mode of every sandbox that has chosen none. */
  readonly mode: UpstreamMode;
  /** True: the client's own credentials are sent. */
  readonly forwardsCredentials: boolean;
  /** True: writes are shadowed too. */
  readonly allowsWrites: boolean;
  /** For a whole answer. */
  readonly timeoutMs: number;
};

export const upstreamOptions: readonly Option[] = [
  {
    name: 'upstream',
    value: 'VENDOR=URL',
    default: undefined,
    help: 'a live vendor to forward requests to, or to compare answers with',
    repeats: true,
  },
  {
    name: 'upstream-header',
    value: 'HEADER',
    default: undefined,
    help: "header to send to the live vendor, such as 'ibl=Authorization: Api-Token secret'; it replaces the client's",
    repeats: true,
  },
  {
    name: 'upstream-mode',
    value: 'MODE',
    default: 'mock',
    help: 'what sandboxes use their live vendors for, unless they are told otherwise: mock, proxy, fallback or shadow',
  },
  {
    name: 'upstream-timeout',
    value: 'TIME',
    default: '10s',
    help: 'how long a live vendor may take for an answer',
  },
  {
    name: 'forward-credentials',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: "send the client's own credentials to the live vendor",
  },
  {
    name: 'allow-writes',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: "in mode shadow, also send requests that change the live vendor's data",
  },
];

/** Throws `MockError` `bad-option`. */
export function parseUpstreams(given: Given): readonly UpstreamConfig[] {
  const { upstream = [], 'upstream-header': headers = [] } = given;
  const targets = upstream.map((value) => ({ value, ...parseTarget(value) }));
  for (const [index, { value, vendor }] of targets.entries()) {
    if (targets.findIndex((each) => each.vendor === vendor) < index) {
      throw wrong(value, `${vendor} has an upstream already. Name one URL for each vendor`);
    }
  }
  const [mode] = given['upstream-mode'] ?? [];
  if (mode && mode.text !== 'mock' && targets.length === 0) {
    throw wrong(mode, 'Name a live vendor with --upstream VENDOR=URL as well');
  }
  const vendors = targets.map(({ vendor }) => vendor);
  const sent = headers.map((value) => parseTargetHeader(value, vendors));
  const common = {
    mode: readRequired(given, 'upstream-mode', oneOf(...upstreamModes)),
    forwardsCredentials: readRequired(given, 'forward-credentials', parseSwitch),
    allowsWrites: readRequired(given, 'allow-writes', parseSwitch),
    timeoutMs: readRequired(given, 'upstream-timeout', parseTime),
  };
  return targets.map(({ vendor, url }) => ({
    vendor,
    url,
    headers: Object.fromEntries(
      sent.filter((header) => header.vendor === vendor).map(({ header }) => header),
    ),
    ...common,
  }));
}

function parseTarget(value: Value): { readonly vendor: string; readonly url: string } {
  const [, vendor = '', text = ''] = /^([^=\s]+)=(.*)$/.exec(value.text) ?? [];
  const url = URL.parse(text);
  if (vendor === '' || !url || !/^https?:$/.test(url.protocol)) {
    throw wrong(value, 'Write VENDOR=URL, such as ibl=https://ibl.example');
  }
  if (url.username !== '' || url.password !== '') {
    throw wrong(
      { ...value, text: `${vendor}=…` },
      'Leave the credentials out of the URL, and send them with --upstream-header',
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw wrong(value, 'Leave out query and fragment: the paths of requests follow the URL');
  }
  return { vendor, url: url.href.replace(/\/+$/, '') };
}

/** A header without a vendor belongs to the only one: one vendor's credentials must not reach another. */
function parseTargetHeader(
  value: Value,
  vendors: readonly string[],
): { readonly vendor: string; readonly header: readonly [string, string] } {
  const [, named, rest] = /^([^=:\s]+)=(.*)$/s.exec(value.text) ?? [];
  const [only] = vendors;
  const vendor = named ?? only;
  if (vendor === undefined || !vendors.includes(vendor)) {
    throw wrong({ ...value, text: '…' }, `Name its live vendor with --upstream VENDOR=URL as well`);
  }
  if (named === undefined && vendors.length > 1) {
    throw wrong(
      { ...value, text: '…' },
      `There are several upstreams. Write 'VENDOR=Name: value', with one of ${vendors.join(', ')}`,
    );
  }
  return { vendor, header: parseHeader({ ...value, text: rest ?? value.text }) };
}
