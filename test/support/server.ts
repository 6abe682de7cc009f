/** A real server on a free port, for tests that speak HTTP to it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { startApp } from '../../src/app.ts';
import { parseServeConfig, serveOptions, withEnvironment } from '../../src/config.ts';
import { listen } from '../../src/listen.ts';
import { useRunningServer } from './running-server.ts';

export type TestServerOptions = {
  /** A name, or the YAML text of a scenario (told by its line breaks). Default: empty. */
  readonly scenario?: string;
  /** Ledger choices, as `--set`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly profile?: 'wire' | 'strict';
  /** Frozen at this instant; default: real time. */
  readonly clock?: string;
  /** A folder; default: memory. */
  readonly data?: string;
  /** Any other option of `serve`, by its flag's name. */
  readonly options?: Readonly<Record<string, string>>;
  /** Collects what the server logs, a JSON object a line. */
  readonly log?: string[];
};

export type TestServer = { readonly url: string; stop(): Promise<void> };

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
    port: '0',
    data: options.data ?? 'memory',
    scenario,
    profile: options.profile,
    clock: options.clock,
    set: Object.entries(options.settings ?? {}).map(([id, choice]) => `${id}=${choice}`),
    ...options.options,
  };
  const config = parseServeConfig(withEnvironment(serveOptions, flags, {}));
  const logger = pino(
    { level: options.log ? 'info' : 'silent' },
    { write: (line: string) => void options.log?.push(line) },
  );
  const app = await startApp(config, logger);
  const { url, stop } = await listen(app.express, config, app.beginStop);
  return {
    url,
    async stop() {
      await stop(1_000);
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}
