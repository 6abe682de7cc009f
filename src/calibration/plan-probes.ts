/** Which probes may run, and why others may not. */
import { isOffered, type ServedVendor } from '../contracts/judge.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { countRequests, requestOf, type Probe, type Probes } from './probe.ts';

export type Planned = {
  readonly probe: Probe;
  /** Undefined: the probe runs. */
  readonly skipped: string | undefined;
  readonly requests: number;
  readonly writes: boolean;
};

export function planProbes(
  { vendor, probes }: Probes,
  {
    served,
    ledger,
    allowWrites,
  }: {
    readonly served: readonly ServedVendor[];
    readonly ledger: Ledger;
    readonly allowWrites: boolean;
  },
): readonly Planned[] {
  const found = served.find((each) => each.vendor.name === vendor);
  const planned = probes.map((probe): Planned => {
    const writes = (probe.steps ?? []).some((step) => isWrite(requestOf(step), found));
    const skipped =
      probe.notProbed ??
      (writes && !allowWrites ? 'It changes data. Add --allow-writes to probe it.' : undefined);
    return { probe, skipped, writes, requests: countRequests(probe) };
  });
  const probed = new Set(probes.map(({ row }) => row));
  const others = ledger.rows.filter((row) => row.vendor === vendor && !probed.has(row.id));
  return [
    ...planned,
    ...others.map(({ id }): Planned => ({
      probe: { row: id },
      skipped: 'There is no probe for it.',
      writes: false,
      requests: 0,
    })),
  ];
}

/** What the spec says of the operation; else the method tells. */
function isWrite(request: string, served: ServedVendor | undefined): boolean {
  const [method = '', target = ''] = request.split(' ');
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  const found = served?.locate({
    method,
    path,
    query,
    headers: {},
    body: Buffer.alloc(0),
    baseUrl: 'http://127.0.0.1',
  });
  const isKnown = found !== undefined && isOffered(found.route, method);
  const effect = isKnown ? found.spec.documented['x-mock-effect'] : undefined;
  return effect === undefined ? !['GET', 'HEAD', 'OPTIONS'].includes(method) : effect === 'write';
}
