import { expect, it } from 'vitest';
import type { Drift } from '../control-api/control-api.ts';
import type { LedgerRow, Settings } from '../ledger/ledger.ts';
import type { Ended, Routed } from './exchange.ts';
import { createExplainer } from './explain-drift.ts';

const choices = (...ids: readonly string[]) => ids.map((id) => ({ id, why: undefined }));
const rows = new Map([
  ['LINKS', { id: 'LINKS', choices: choices('urls', 'integers', 'none') }],
  ['ORDER', { id: 'ORDER', choices: choices('old', 'new') }],
]) as unknown as ReadonlyMap<string, LedgerRow>;

/** An answer under these choices, as far as the explainer looks at it. */
const under = (settings: Settings) =>
  ({
    vendor: { name: 'ibl' },
    spec: { operation: { id: 'list' } },
    outcome: { status: 200 },
    notes: { ledger: new Set(['LINKS', 'ORDER', 'FIXED']) },
    sandbox: { settings },
  }) as unknown as Ended & Routed;

const OURS = { LINKS: 'urls', ORDER: 'old' };
const VENDOR: Settings = { LINKS: 'integers', ORDER: 'new' };
const LINK: Drift = { path: 'body.next', what: 'type', mock: 'string', live: 'number' };
const ORDER: Drift = { path: 'body', what: 'order', mock: 'a, b', live: 'b, a' };
const FIELD: Drift = { path: 'body.extra', what: 'field', live: 'string' };

const compare = ({ sandbox }: Ended) => ({
  drift: [
    ...(sandbox?.settings['LINKS'] === VENDOR['LINKS'] ? [] : [LINK]),
    ...(sandbox?.settings['ORDER'] === VENDOR['ORDER'] ? [] : [ORDER]),
    FIELD,
  ],
  notComparable: [],
});

it('names the row and the choice of each difference, and nothing for what no row explains', async () => {
  let asked = 0;
  const explain = createExplainer({
    rows,
    async answer(_exchange, settings) {
      asked += 1;
      return under(settings);
    },
  });
  const drift = await explain(under(OURS), compare(under(OURS)), compare);
  expect(drift).toEqual([
    { ...LINK, row: 'LINKS', choice: 'integers' },
    { ...ORDER, row: 'ORDER', choice: 'new' },
    FIELD,
  ]);
  expect(asked).toBe(3);
  expect(await explain(under(OURS), compare(under(OURS)), compare)).toEqual(drift);
  // The same differences are explained once, but other choices may have others.
  expect(asked).toBe(3);
  await explain(under({ ...OURS, LINKS: 'none' }), compare(under(OURS)), compare);
  expect(asked).toBe(6);
});

it('does not take a choice whose answer cannot be compared for one that agrees', async () => {
  const explain = createExplainer({
    rows,
    answer: async (_exchange, settings) => under(settings),
  });
  const found = {
    drift: [FIELD],
    notComparable: [{ path: 'body.results[]', reason: 'no records' }],
  };
  const refused = () => ({ drift: [], notComparable: [{ path: 'status', reason: 'records' }] });
  expect(await explain(under(OURS), found, refused)).toEqual([FIELD]);
});

it('tries again where the mock could not answer', async () => {
  let isGone = true;
  const explain = createExplainer({
    rows,
    answer: async (_exchange, settings) => (isGone ? undefined : under(settings)),
  });
  const found = { drift: [LINK], notComparable: [] };
  const again = (other: Ended) => ({ ...compare(other), drift: compare(other).drift.slice(0, -2) });
  expect(await explain(under(OURS), found, again)).toEqual([LINK]);
  isGone = false;
  expect(await explain(under(OURS), found, again)).toMatchObject([{ row: 'LINKS' }]);
});
