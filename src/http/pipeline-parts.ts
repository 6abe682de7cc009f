/** What the steps of a request share. */
import type { Calibration } from '../ledger/calibration.ts';
import type { Journal } from '../journal/journal.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Live } from '../live/live.ts';
import type { Cors } from '../messages/cors.ts';
import type { PublicAddress } from '../messages/public-address.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Sandboxes } from '../sandboxes/sandboxes.ts';
import type { Shared } from '../shared/shared.ts';
import type { Served } from './find-route.ts';
import type { RequestLog } from './request-log.ts';

export type PipelineParts = {
  readonly served: readonly Served[];
  readonly calibrations: readonly Calibration[];
  readonly sandboxes: Sandboxes;
  readonly shared: Shared;
  readonly journal: Journal;
  readonly metrics: Metrics;
  readonly log: RequestLog;
  readonly wallClock: () => number;
  readonly bodyLimitBytes: number;
  /** Undefined: pages of other origins have no access. */
  readonly cors: Cors | undefined;
  readonly address: PublicAddress;
  readonly live: Live;
  readonly ledger: Ledger;
  /** Aborted when the server starts to stop. */
  readonly stopping: AbortSignal;
};
