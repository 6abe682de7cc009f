/** The proxies that the environment names. They are never used for this machine. */
import { MockError } from '../errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The form of `proxyEnv` of Node's agents. */
export type ProxyEnv = { readonly [name in 'http_proxy' | 'https_proxy' | 'no_proxy']?: string };

const PROXY_NAME = /^(?:https?|all|no)_proxy$/i;
const LOOPBACK = /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/i;
const LOOPBACK_NAMES = 'localhost,127.0.0.1,::1,[::1]';

/** `hostname` has the form of `URL`: IPv6 in brackets. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * Reads `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`; lower-case names take precedence, as in curl. `ALL_PROXY` replaces
 * proxies that are not set. Throws `MockError` `bad-option` for a proxy that is not HTTP, which Node would ignore.
 */
export function proxiesOf(environment: Environment): ProxyEnv {
  const read = (name: string): string | undefined =>
    environment[name] || environment[name.toUpperCase()] || undefined;
  const readProxy = (name: string): string | undefined => {
    const text = read(name) ?? read('all_proxy');
    if (text === undefined) return undefined;
    const url = text.includes('://') ? text : `http://${text}`;
    if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
    throw new MockError(
      'bad-option',
      `The proxy "${withoutPassword(text)}" (${name.toUpperCase()} or ALL_PROXY) cannot be used. Use one that starts with http:// or https://.`,
    );
  };
  const [http, https, none] = [readProxy('http_proxy'), readProxy('https_proxy'), read('no_proxy')];
  return {
    ...(http !== undefined && { http_proxy: http }),
    ...(https !== undefined && { https_proxy: https }),
    ...(none !== undefined && { no_proxy: none }),
  };
}

export function withoutProxies(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !PROXY_NAME.test(name)));
}

/** With `NODE_USE_ENV_PROXY=1`, Node's `fetch` uses the proxy for all hosts that `NO_PROXY` does not name. */
export function spareLoopback(environment: Record<string, string | undefined>): void {
  const before = environment['no_proxy'] || environment['NO_PROXY'];
  const names = before ? `${before},${LOOPBACK_NAMES}` : LOOPBACK_NAMES;
  environment['no_proxy'] = names;
  environment['NO_PROXY'] = names;
}

function withoutPassword(text: string): string {
  return text.replace(/\/\/[^@/]*@/, '//…@');
}
