/** A real server on a free port, for tests that speak HTTP to it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { startApp } from '../../src/app.ts';
import { parseServeConfig, serveOptions } from '../../src/config/serve-config.ts';
import { listen } from '../../src/listen.ts';
import { readOptions } from '../../src/config/options.ts';
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
  const { vendors } = options;
  const app = await startApp(config, log, vendors && { vendors });
  const { url, stop } = await listen(app.listener, config, app.beginStop);
  return {
    url,
    async stop() {
      await stop(1_000);
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}
