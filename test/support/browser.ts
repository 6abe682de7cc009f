/** A real browser: Debian's Chromium, or what CHROMIUM names. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];
const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));

/** Where there is no browser its tests are skipped, with one line that says so; in CI that is a failure. */
export const hasBrowser = executablePath !== undefined;
if (!hasBrowser) {
  const advice = 'Install Chromium (Debian: apt-get install chromium), or name one with CHROMIUM.';
  if (process.env['CI'] !== undefined)
    throw new Error(`The browser tests need a browser. ${advice}`);
  process.stderr.write(`The browser tests are skipped: there is no Chromium. ${advice}\n`);
}

export function startBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('There is no browser.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
