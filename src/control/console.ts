/**
 * Serves the console, a page that `npm run build:console` makes. Its files hold no data, so they need no token; the calls
 * that the page makes are calls like all others.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { RequestHandler } from 'express';
import { acceptsHtml } from '../messages/accepts-html.ts';
import { PACKAGE_FOLDER } from '../package-folder.ts';
import { negotiateEncoding } from './negotiate-encoding.ts';

const FOLDER = path.join(PACKAGE_FOLDER, 'dist', 'console');
const FILES = path.join(FOLDER, 'console');

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const SUFFIXES = { br: '.br', gzip: '.gz', identity: '' } as const;

/** Vite writes this text where a nonce belongs. */
const NONCE = /__NONCE__/g;

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>license-mock console</title>
<h1>The console is not built</h1>
<p>Run <code>npm run build:console</code> in the clone of license-mock, then reload this page.</p></html>`;

/** The page itself. Every answer has a nonce of its own, so it is never cached. */
export const servePage: RequestHandler = ({ originalUrl, headers }, response) => {
  const [url = '', query] = originalUrl.split('?');
  if (!acceptsHtml(headers.accept)) {
    // The index of `GET /`, for clients that cannot show a page.
    response.writeHead(302, { location: url.endsWith('/') ? '../' : './', vary: 'Accept' }).end();
    return;
  }
  // The page names its files and calls relative to its own folder.
  if (!url.endsWith('/')) {
    const target = `${url.slice(url.lastIndexOf('/') + 1)}/${query === undefined ? '' : `?${query}`}`;
    response.writeHead(308, { location: target }).end();
    return;
  }
  const nonce = randomBytes(16).toString('base64');
  const html = readPage();
  response.writeHead(html === undefined ? 404 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policyWith(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    vary: 'Accept',
  });
  response.end(html === undefined ? NOT_BUILT : html.replaceAll(NONCE, nonce));
};

/** A file of the page. Its name contains a hash of its content, so a browser keeps it for ever. */
export const serveFile: RequestHandler = ({ params, headers }, response, next) => {
  const name = String(params['file']);
  const names = listFiles();
  const type = TYPES[path.extname(name)];
  if (type === undefined || !names.includes(name)) {
    next();
    return;
  }
  const encoding = negotiateEncoding(headers['accept-encoding'], (each) =>
    names.includes(`${name}${SUFFIXES[each]}`),
  );
  const content = readFileSync(path.join(FILES, `${name}${SUFFIXES[encoding]}`));
  response.writeHead(200, {
    'content-type': type,
    'content-length': content.length,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Encoding',
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  });
  response.end(content);
};

/** Undefined: the console is not built. */
function readPage(): string | undefined {
  try {
    return readFileSync(path.join(FOLDER, 'index.html'), 'utf8');
  } catch {
    return undefined;
  }
}

function listFiles(): readonly string[] {
  try {
    return readdirSync(FILES);
  } catch {
    return [];
  }
}

/** Scripts and style sheets are the page's own. Libraries may add `<style>` elements that have the nonce. */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
