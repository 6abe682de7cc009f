/** A server and a browser for the tests of a file. Whatever breaks the promises of a page fails the test that opened it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startBrowser } from './browser.ts';
import { openConsole, type ConsolePage } from './console-page.ts';
import { buildConsole } from './console.ts';
import { startTestServer, type TestServer, type TestServerOptions } from './server.ts';

export type ConsoleOptions = Parameters<typeof openConsole>[2];

export type ConsoleServer = {
  readonly url: string;
  /** Opens the page, in place of the one that was open; `url`: of another server than the file's. */
  open(options?: ConsoleOptions, url?: string): Promise<Page>;
};

/** `options` is called after the hooks that stand before. */
export function useConsole(options: () => TestServerOptions = () => ({})): ConsoleServer {
  let browser: Browser;
  let mock: TestServer;
  let opened: ConsolePage | undefined;
  const close = async (): Promise<void> => {
    const { faults = [] } = opened ?? {};
    await opened?.close();
    opened = undefined;
    expect(faults).toEqual([]);
  };
  beforeAll(async () => {
    buildConsole();
    [browser, mock] = await Promise.all([startBrowser(), startTestServer(options())]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await mock.stop();
  });
  afterEach(close);
  return {
    get url() {
      return mock.url;
    },
    async open(look, url = mock.url) {
      await close();
      opened = await openConsole(browser, url, look);
      return opened.page;
    },
  };
}
