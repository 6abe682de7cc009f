/** A real server on a free port, for tests that speak HTTP to it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { parseServeConfig, serveOptions } from '../../src/config/serve-config.ts';
import { readOptions } from '../../src/config/options.ts';
import { listen } from '../../src/listen.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { openSpecs } from '../../src/parts.ts';
import { openState } from '../../src/open-state.ts';
import { vendors as ownVendors } from '../../src/vendors/index.ts';
import { dropSchema, freshDatabase } from './postgres.ts';
import { watchRows } from './watch-rows.ts';
import { createRandom } from './random.ts';
import { useRunningServer } from './running-server.ts';
import type { TestServer, TestServerOptions } from './test-server.ts';

export type { TestServer, TestServerOptions } from './test-server.ts';

const random = createRandom();
/** So many replicas on PostgreSQL take the requests in any order, where a test says nothing of `data`. 0: none. */
export const replicas = Number(process.env['LICENSE_MOCK_TEST_REPLICAS'] ?? 0);

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const running = process.env['LICENSE_MOCK_TEST_URL'];
  if (running !== undefined) return useRunningServer(running, options);
  const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-test-'));
  let { scenario = 'empty' } = options;
  if (scenario.includes('\n')) {
    const file = path.join(folder, 'inline.yaml');
    writeFileSync(file, scenario);
    scenario = file;
  }
  const data = options.data ?? options.options?.['data'];
  const database = replicas > 0 && data === undefined ? await freshDatabase() : undefined;
  const flags = {
    host: '127.0.0.1',
    port: '0',
    data: options.data ?? database?.url ?? 'memory',
    'data-schema': database?.schema,
    scenario,
    profile: options.profile,
    clock: options.clock,
    set: Object.entries(options.settings ?? {}).map(([id, choice]) => `${id}=${choice}`),
    ...options.options,
  };
  const config = parseServeConfig(readOptions(serveOptions, flags, {}));
  const logger = pino(
    { level: options.log ? 'info' : 'silent' },
    { write: (line: string) => void options.log?.push(line) },
  );
  const log = { logger, droppedLines: () => 0 };
  const specs = await openSpecs(config, options.vendors ?? ownVendors);
  const rows = watchRows();
  const openReplica = async () => {
    const metrics = createMetrics();
    const state = await openState(config, {
      vendors: specs.served.map(({ vendor }) => vendor),
      metrics,
      log: (level, message) => logger[level](message),
    });
    const close = async (): Promise<void> => {
      metrics.close();
      await state.store.close();
    };
    const parts = { ...specs, metrics, state: { ...state, shared: rows.watch(state.shared) } };
    const app = await createApp(config, { ...parts, log, wallClock: Date.now }).catch(
      async (thrown: unknown) => {
        await close();
        throw thrown;
      },
    );
    return { app, close };
  };
  const opened = await Promise.all(
    Array.from({ length: database ? replicas : 1 }, () => openReplica()),
  );
  const close = async () => {
    for (const each of opened) await each.close();
    if (database) await dropSchema(database);
  };
  const anyReplica = () => {
    const each = opened[Math.floor(random() * opened.length)];
    if (!each) throw new Error('There is no replica.');
    return each.app;
  };
  const start = () =>
    listen(
      (incoming, response) => anyReplica().listener(incoming, response),
      config,
      () => {
        for (const { app } of opened) app.beginStop();
      },
    );
  const { url, stop } = await start().catch(async (thrown: unknown) => {
    await close();
    throw thrown;
  });
  return {
    url,
    async stop() {
      await stop(1_000);
      await close();
      rmSync(folder, { recursive: true });
      rows.check();
    },
  };
}
