/** Metrics for Prometheus. Labels have few values: vendors, operations and statuses, never sandbox names or paths. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import {
  createDatabaseMetrics,
  type CountDatabase,
  type ReadConnections,
} from './database-metrics.ts';

type JournalSize = { readonly entries: number; readonly bytes: number };

/** One answer, as it is counted. */
export type Answered = {
  /** Undefined if no vendor has the path. */
  readonly vendor: string | undefined;
  /** Undefined if no operation matches. */
  readonly operation: string | undefined;
  /** 0 if the connection was reset instead. */
  readonly status: number;
  readonly durationMs: number;
  readonly warnings: number;
  readonly violations: number;
  readonly isOverridden: boolean;
};

/** Values that are read when the metrics are requested. */
type Readings = {
  readonly sandboxes: () => Promise<number>;
  readonly journal: () => JournalSize | Promise<JournalSize>;
  readonly droppedLogLines: () => number;
};

export type Metrics = {
  answered(answer: Answered): void;
  /** Counts a request that the live vendor was, or was to be, asked as well. */
  shadowed(vendor: string, outcome: 'compared' | 'drift' | 'failed' | 'dropped'): void;
  /** Counts an event of the store. */
  stored(event: 'commit' | 'compaction'): void;
  /** Counts an event of the database. */
  readonly database: CountDatabase;
  /** Sets the function that counts the connections to the database. */
  watchConnections(read: ReadConnections): void;
  /** Sets the functions that read sizes. */
  watch(readings: Readings): void;
  readonly contentType: string;
  render(): Promise<string>;
  /** Stops the measurement of the event loop. */
  close(): void;
};

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const NONE = 'none';
const NANOSECONDS = 1e9;
/** Interval between checks of the event loop's delay. */
const LOOP_CHECK_MS = 20;

export function createMetrics(): Metrics {
  let readings: Readings | undefined;
  const registry = new Registry();
  const labelNames = ['vendor', 'operation'] as const;
  const counter = <L extends string>(name: string, help: string, labels: readonly L[]) =>
    new Counter({
      name: `license_mock_${name}_total`,
      help,
      labelNames: labels,
      registers: [registry],
    });
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        // NaN where a database does not answer: the others are wanted most then.
        const value = await Promise.resolve(read()).catch(() => Number.NaN);
        this.set(value);
      },
    });

  const requests = counter('requests', 'Requests answered.', [...labelNames, 'status'] as const);
  const durations = new Histogram({
    name: 'license_mock_request_duration_seconds',
    help: 'Time from the start of a request to its response, including delays set by overrides.',
    labelNames,
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  const warnings = counter('warnings', 'Warnings about tolerated requests.', labelNames);
  const violations = counter('violations', 'Spec violations found in requests.', labelNames);
  const overridden = counter('overrides_applied', 'Responses changed by an override.', labelNames);
  const shadowed = counter('shadowed', 'Requests that the live vendor was asked as well.', [
    'vendor',
    'outcome',
  ] as const);
  const stored = {
    commit: counter('commits', 'Changes stored.', []),
    compaction: counter('compactions', 'Sandbox logs compacted.', []),
  };
  const database = createDatabaseMetrics(registry);
  registry.registerMetric(
    countBy('process_cpu_seconds_total', 'CPU time used, in seconds.', cpuSeconds),
  );
  const delay = watchProcess(gauge);
  return {
    answered(answer) {
      const { vendor = NONE, operation = NONE } = answer;
      const labels = { vendor, operation };
      const status = answer.status === 0 ? 'reset' : String(answer.status);
      requests.inc({ vendor, operation, status });
      durations.observe(labels, answer.durationMs / 1000);
      if (answer.warnings > 0) warnings.inc(labels, answer.warnings);
      if (answer.violations > 0) violations.inc(labels, answer.violations);
      if (answer.isOverridden) overridden.inc(labels);
    },
    shadowed: (vendor, outcome) => shadowed.inc({ vendor, outcome }),
    stored: (event) => stored[event].inc(),
    database: database.count,
    watchConnections: database.watch,
    watch(next) {
      const isFirst = readings === undefined;
      readings = next;
      if (!isFirst) return;
      const read = (): Readings => readings ?? next;
      gauge('license_mock_sandboxes', 'Number of sandboxes.', () => read().sandboxes());
      gauge(
        'license_mock_journal_entries',
        'Number of entries in all journals.',
        async () => (await read().journal()).entries,
      );
      gauge(
        'license_mock_journal_bytes',
        'Size of all journal entries, in bytes.',
        async () => (await read().journal()).bytes,
      );
      registry.registerMetric(
        countBy(
          'license_mock_log_lines_dropped_total',
          'Log lines that could not be written.',
          () => read().droppedLogLines(),
        ),
      );
    },
    contentType: registry.contentType,
    render: () => registry.metrics(),
    close: () => delay.disable(),
  };
}

/** A counter whose value is counted elsewhere. */
function countBy(name: string, help: string, read: () => number): Counter {
  return new Counter({
    name,
    help,
    registers: [],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Metrics of the process. The event loop's delay covers the time since the previous request for metrics. */
function watchProcess(gauge: (name: string, help: string, read: () => number) => unknown) {
  const delay = monitorEventLoopDelay({ resolution: LOOP_CHECK_MS });
  delay.enable();
  /** Subtracts the interval, because Node records the time between checks. 0 before the first check. */
  const beyondCheck = (nanoseconds: number): number =>
    Math.max(0, nanoseconds / NANOSECONDS - LOOP_CHECK_MS / 1000) || 0;
  gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
  gauge('process_heap_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed);
  gauge('process_start_time_seconds', 'Start time of the process, in seconds since 1970.', () =>
    Math.floor(Date.now() / 1000 - process.uptime()),
  );
  const mean = 'Mean event loop delay since the last scrape.';
  gauge('nodejs_eventloop_delay_mean_seconds', mean, () => beyondCheck(delay.mean));
  gauge(
    'nodejs_eventloop_delay_max_seconds',
    'Longest event loop delay since the last scrape.',
    () => {
      const longest = beyondCheck(delay.max);
      delay.reset();
      return longest;
    },
  );
  return delay;
}
