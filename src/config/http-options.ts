/** The options of `serve` about connections, requests and the web pages that send them. */
import type { Trust } from '../messages/public-address.ts';
import { readOptional, readRequired, wrong, type Given, type Option } from './options.ts';
import {
  parseOrigin,
  parseSize,
  parseSwitch,
  parseText,
  parseTime,
  parseTrustProxy,
  parseUrl,
  wholeFrom,
} from './parse-value.ts';

export type HttpConfig = {
  /** Whether web pages of other origins may call the vendors and, with a token, the control API. */
  readonly cors: boolean;
  /** The origins that may. Empty: all. */
  readonly corsOrigins: readonly string[];
  /** What absolute links start with. Undefined: what the request says. */
  readonly baseUrl: string | undefined;
  /** Whether a peer is a proxy whose forwarding headers count. Undefined: none is. */
  readonly trust: Trust | undefined;
  /** PEM files for HTTPS. Undefined: HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly bodyLimitBytes: number;
  /** Maximum size of an imported state. */
  readonly importLimitBytes: number;
  /** Maximum number of open connections. */
  readonly maxConnections: number;
  readonly graceMs: number;
};

export const httpOptions: readonly Option[] = [
  {
    name: 'cors',
    value: 'on|off',
    default: 'on',
    isSwitch: true,
    help: 'allow web pages of other origins to call the vendors and, with a token, the control API',
  },
  {
    name: 'cors-origin',
    value: 'ORIGIN',
    default: undefined,
    fallback: 'any',
    help: 'allow only web pages of this origin, such as http://localhost:5173',
    repeats: true,
  },
  {
    name: 'base-url',
    value: 'URL',
    default: undefined,
    fallback: 'as the client sees it',
    help: 'what absolute links in answers start with',
  },
  {
    name: 'trust-proxy',
    value: 'PROXIES',
    default: 'false',
    help: "proxies whose X-Forwarded-… and Forwarded headers count, in the syntax of Express' setting: true, a number, or addresses such as loopback,10.0.0.0/8",
  },
  {
    name: 'tls-cert',
    isForCommand: true,
    pathIn: () => true,
    value: 'FILE',
    default: undefined,
    help: 'serve HTTPS with this certificate (PEM)',
  },
  {
    name: 'tls-key',
    isForCommand: true,
    pathIn: () => true,
    value: 'FILE',
    default: undefined,
    help: 'the private key of --tls-cert (PEM)',
  },
  {
    name: 'body-limit',
    value: 'SIZE',
    default: '1mb',
    help: 'longest request body, such as 500kb or 1mb',
  },
  {
    name: 'import-limit',
    value: 'SIZE',
    default: '256mb',
    help: 'largest state that can be imported',
  },
  {
    name: 'max-connections',
    value: 'N',
    default: '1000',
    help: 'how many connections may be open at once; further ones get 503',
  },
  {
    name: 'grace',
    value: 'TIME',
    default: '10s',
    help: 'how long to wait for open requests when stopping',
  },
];

/** Throws `MockError` `bad-option`. */
export function parseHttpOptions(given: Given): HttpConfig {
  const { 'cors-origin': corsOrigins = [] } = given;
  return {
    cors: readRequired(given, 'cors', parseSwitch),
    corsOrigins: corsOrigins.map(parseOrigin),
    baseUrl: readOptional(given, 'base-url', parseUrl),
    trust: readRequired(given, 'trust-proxy', parseTrustProxy),
    tls: readTls(given),
    bodyLimitBytes: readRequired(given, 'body-limit', parseSize),
    importLimitBytes: readRequired(given, 'import-limit', parseSize),
    maxConnections: readRequired(given, 'max-connections', wholeFrom(0, 1_000_000)),
    graceMs: readRequired(given, 'grace', parseTime),
  };
}

/** Both files or none. */
function readTls(given: Given): HttpConfig['tls'] {
  const cert = readOptional(given, 'tls-cert', parseText);
  const key = readOptional(given, 'tls-key', parseText);
  if (cert !== undefined && key !== undefined) return { cert, key };
  const value = given['tls-cert']?.at(-1) ?? given['tls-key']?.at(-1);
  if (value) throw wrong(value, 'HTTPS needs both --tls-cert and --tls-key');
  return undefined;
}
