import { expect, it } from 'vitest';
import { isLoopback, proxiesOf, spareLoopback, withoutProxies } from './proxies.ts';

const proxy = 'http://proxy.example:3128';
const other = 'http://other.example:3128';

it.each([
  [{ HTTP_PROXY: proxy }, { http_proxy: proxy }],
  [{ https_proxy: proxy }, { https_proxy: proxy }],
  [{ HTTPS_PROXY: other, https_proxy: proxy }, { https_proxy: proxy }],
  [{ ALL_PROXY: proxy }, { http_proxy: proxy, https_proxy: proxy }],
  [
    { all_proxy: proxy, http_proxy: other },
    { http_proxy: other, https_proxy: proxy },
  ],
  [
    { HTTP_PROXY: 'proxy.example:3128', NO_PROXY: '.example' },
    { http_proxy: proxy, no_proxy: '.example' },
  ],
  [{ HTTP_PROXY: '', PATH: '/bin' }, {}],
])('%j names %j', (environment, proxies) => {
  expect(proxiesOf(environment)).toEqual(proxies);
});

it('a proxy that does not speak HTTP is refused, without its password', () => {
  expect(() => proxiesOf({ all_proxy: 'socks5://me:secret@proxy.example' })).toThrow(
    'The proxy "socks5://…@proxy.example" (HTTP_PROXY or ALL_PROXY) cannot be used.',
  );
});

it('loopback is known by every name', () => {
  const names = ['localhost', 'a.localhost', '127.0.0.1', '127.1.2.3', '[::1]', '0.0.0.0'];
  expect(names.filter((name) => !isLoopback(name))).toEqual([]);
  expect(['vendor.example', '10.0.0.1', 'localhost.example', '[::2]'].filter(isLoopback)).toEqual(
    [],
  );
});

it('what runs on this machine gets no proxies, or is spared by them', () => {
  const environment = { HTTP_PROXY: proxy, all_proxy: proxy, No_Proxy: 'x', PATH: '/bin' };
  expect(withoutProxies(environment)).toEqual({ PATH: '/bin' });
  const own: Record<string, string | undefined> = { NO_PROXY: 'vendor.example' };
  spareLoopback(own);
  expect(own['no_proxy']).toBe('vendor.example,localhost,127.0.0.1,::1,[::1]');
  expect(own['NO_PROXY']).toBe(own['no_proxy']);
});
