/** The console in a browser. Whatever breaks its promises fails the test: a script error, another origin, the policy. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

export type ConsolePage = {
  readonly page: Page;
  /** What went wrong in the page since it was opened. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
};

export async function openConsole(
  browser: Browser,
  url: string,
  options: {
    readonly at?: string;
    readonly scheme?: 'light' | 'dark';
    readonly width?: number;
    readonly height?: number;
  } = {},
): Promise<ConsolePage> {
  const { at = '', scheme = 'light', width = 1280, height = 800 } = options;
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A refused call is shown by the browser too; the page says so itself.
    const isCall = /Failed to load resource/.test(message.text());
    if (message.type() === 'error' && !isCall) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(url) || /^(?:data|blob):/.test(request.url());
    if (!isOwn) faults.push(`another origin: ${request.url()}`);
  });
  await page.addInitScript(`
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
  `);
  await page.goto(`${url}/_mock/${at}`);
  await page.getByText('Connected', { exact: true }).waitFor();
  return { page, faults, close: () => context.close() };
}

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

/** Holds the page as it stands against WCAG 2.2 AA. */
export async function expectAccessible(page: Page): Promise<void> {
  // A text is evaluated by the browser itself, which the page's policy does not forbid.
  await page.evaluate(axe.source);
  const violations = await page.evaluate<readonly Violation[]>(`
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
      .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))
  `);
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
  expect(found).toEqual([]);
}
