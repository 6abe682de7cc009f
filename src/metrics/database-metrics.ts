/** Metrics of the database. They appear when there is one. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** `seconds`: how long a lock was waited for. */
export type CountDatabase = (
  event: 'round-trip' | 'conflict' | 'lock-wait' | 'failure',
  seconds?: number,
) => void;

export type ReadConnections = () => {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
};

const WAIT_BUCKETS_SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5];

export function createDatabaseMetrics(registry: Registry): {
  readonly count: CountDatabase;
  readonly watch: (read: ReadConnections) => void;
} {
  const counters = {
    'round-trip': counter('round_trips', 'Statements sent to the database.'),
    conflict: counter('conflicts', 'Changes made again because another replica was faster.'),
    failure: counter('failures', 'Statements that the database refused or did not answer.'),
  };
  const waits = new Histogram({
    name: 'license_mock_database_lock_wait_seconds',
    help: 'How long a lock on a sandbox was waited for.',
    buckets: WAIT_BUCKETS_SECONDS,
    registers: [],
  });
  return {
    count(event, seconds = 0) {
      if (event === 'lock-wait') waits.observe(seconds);
      else counters[event].inc();
    },
    watch(read) {
      for (const metric of [...Object.values(counters), waits]) registry.registerMetric(metric);
      registry.registerMetric(
        new Gauge({
          name: 'license_mock_database_connections',
          help: 'Connections to the database, and requests that wait for one.',
          labelNames: ['state'],
          registers: [],
          collect() {
            const { total, idle, waiting } = read();
            this.set({ state: 'busy' }, total - idle);
            this.set({ state: 'idle' }, idle);
            this.set({ state: 'waiting' }, waiting);
          },
        }),
      );
    },
  };
}

function counter(name: string, help: string): Counter {
  return new Counter({ name: `license_mock_database_${name}_total`, help, registers: [] });
}
