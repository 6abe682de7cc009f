/** What `GET /` answers where no spec has that path: the console for a browser, links to everything for others. */
import { acceptsHtml } from '../messages/accepts-html.ts';
import type { Ended, Placed } from './exchange.ts';
import type { Served } from './find-route.ts';

export function isIndex({ raw, local }: Placed): boolean {
  return local.path === '/' && (raw.method === 'GET' || raw.method === 'HEAD');
}

export function answerIndex(placed: Placed, served: readonly Served[]): Ended {
  const { origin, headers } = placed.raw;
  const control = `${origin}/_mock`;
  const isDefault = placed.sandbox.name === 'default';
  const page = `${control}/${isDefault ? '' : `#/${placed.sandbox.name}/traffic`}`;
  if (acceptsHtml(headers['accept'])) {
    const encoded = { headers: { location: page, vary: 'Accept' }, body: '' };
    const kind = 'unmatched';
    return {
      ...placed,
      outcome: { status: 302, body: undefined, encoded, kind, isUnrecorded: true },
    };
  }
  const body = {
    name: 'license-mock',
    sandbox: placed.sandbox.name,
    vendors: served.map(({ vendor, spec }) => ({
      name: vendor.name,
      title: vendor.title,
      spec: `${control}/specs/${vendor.name}.json`,
      operations: spec.operations.map(
        ({ operation: { method, path } }) => `${method} ${origin}${placed.base}${path}`,
      ),
    })),
    console: page,
    // The console shows every operation and every row of the ledger for reading.
    docs: `${control}/#/${placed.sandbox.name}/vendors`,
    control: {
      spec: `${control}/specs/control.json`,
      health: `${control}/health`,
      ready: `${control}/ready`,
      sandboxes: `${control}/sandboxes`,
      journal: `${control}/sandboxes/${placed.sandbox.name}/journal`,
      ledger: `${control}/ledger`,
    },
  };
  const outcome = {
    status: 200,
    body,
    encoded: {
      headers: { 'content-type': 'application/json', vary: 'Accept' },
      body: `${JSON.stringify(body, undefined, 2)}\n`,
    },
    kind: 'unmatched',
  } as const;
  return { ...placed, outcome };
}
