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
import { watchRows } from './watch-rows.ts';
import { useRunningServer } from './running-server.ts';
import type { TestServer, TestServerOptions } from './test-server.ts';

export type { TestServer, TestServerOptions } from './test-server.ts';

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
  const flags = {
    host: '127.0.0.1',
    port: '0',
    data: options.data ?? 'memory',
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
  const metrics = createMetrics();
  const state = await openState(config, {
    vendors: specs.served.map(({ vendor }) => vendor),
    metrics,
    log: (level, message) => logger[level](message),
  });
  const rows = watchRows(state.shared);
  const close = async (): Promise<void> => {
    metrics.close();
    await state.store.close();
  };
  const start = async () => {
    const parts = { ...specs, metrics, state: { ...state, shared: rows.shared } };
    const app = await createApp(config, { ...parts, log, wallClock: Date.now });
    return listen(app.listener, config, app.beginStop);
  };
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
