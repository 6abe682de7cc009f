/** The ledger with its current choices, and the evidence for each mocked behavior. */
import type { Coverage } from '../../control-api/control-api.ts';
import type { LedgerRow } from '../../ledger/ledger.ts';
import type { Vendor } from '../../vendors/vendor.ts';
import type { Spec } from '../../openapi/spec.ts';
import { json, sandboxOf, type Topic } from '../call.ts';

type Covered = Coverage['operations'][number];

const NO_EVIDENCE = { documented: 0, executed: 0, observed: 0, assumed: 0 };

export const coverage: Topic = {
  async getLedger(call, parts) {
    const { name, settings } = await sandboxOf(call, parts);
    const rows = parts.ledger.rows.map((row) => {
      const choice = settings[row.id];
      return choice === undefined ? row : { ...row, choice };
    });
    return json({ sandbox: name, rows });
  },

  getCalibration: async (_call, { calibrations }) => json({ calibrations }),

  async getCoverage(_call, { served, ledger }) {
    const operations = served.flatMap(({ vendor, spec }) => [
      ...coverServed(vendor, spec, ledger.rows),
      ...coverUnserved(spec),
    ]);
    const count = (kind: Covered['kind']) => operations.filter((each) => each.kind === kind).length;
    const totals = {
      handled: count('handled'),
      generated: count('generated'),
      notMocked: count('not-mocked'),
    };
    return json({ operations, totals } satisfies Coverage);
  },
};

function coverServed(vendor: Vendor, spec: Spec, ledger: readonly LedgerRow[]): readonly Covered[] {
  return spec.operations.map(({ operation: { id, method, path, summary } }) => {
    const rows = ledger.filter(
      (row) =>
        row.vendor === vendor.name && (row.operations.length === 0 || row.operations.includes(id)),
    );
    const evidence = { ...NO_EVIDENCE };
    for (const row of rows) evidence[row.evidence] += 1;
    return {
      vendor: vendor.name,
      operation: id,
      method,
      path,
      summary,
      kind: Object.hasOwn(vendor.handlers, id) ? 'handled' : 'generated',
      evidence,
      ledger: rows.map((row) => row.id),
    };
  });
}

function coverUnserved({ vendor, document }: Spec): readonly Covered[] {
  return (document['x-not-mocked'] ?? []).map(({ method, path, summary = '' }) => ({
    vendor,
    operation: null,
    method,
    path,
    summary,
    kind: 'not-mocked',
    evidence: NO_EVIDENCE,
    ledger: [],
  }));
}
