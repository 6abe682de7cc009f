/** Starts a server in this process, for `startLicenseMock`. */
import { startApp } from './app.ts';
import { openMock, type LicenseMock } from './client/open-mock.ts';
import type { UpstreamMode } from './config/upstream-options.ts';
import { parseServeConfig, serveOptions } from './config/serve-config.ts';
import { MockError } from './errors.ts';
import { listen } from './listen.ts';
import { createLog } from './log/log.ts';
import { readOptions, type Flags } from './config/options.ts';

/** The options of `license-mock serve`. The environment is read only where a value says so. */
export type LicenseMockOptions = {
  /** Scenario of new sandboxes: a name or a file. Default `demo`. */
  readonly scenario?: string;
  /**
   * Folder for the state, or `memory` (default): the state is lost when the mock stops. `postgres://…`: the state is in
   * this database. `env:NAME`: as that environment variable says.
   */
  readonly data?: string;
  /** The schema of that database. Default `license_mock`. */
  readonly dataSchema?: string;
  /** Discard the stored state of the sandbox `default`. Default false. */
  readonly fresh?: boolean;
  /** What an answered write survives: `kill -9` (`process`, default), or also a power cut (`disk`). */
  readonly durability?: 'process' | 'disk';
  /** A folder with more OpenAPI files to serve. */
  readonly specs?: string;
  /** Refuse to start if an OpenAPI file or operation cannot be served. Default false. */
  readonly strictSpecs?: boolean;
  /** Files of `license-mock calibrate`: the mock answers as those live vendors do. */
  readonly calibration?: string | readonly string[];
  /** `wire` accepts what the vendors tolerate, with a warning; `strict` refuses it. Default: the scenario's, else `wire`. */
  readonly profile?: 'wire' | 'strict';
  /** Ledger choices by row: `{ 'IBL-PAGE-LINKS': 'integers' }`. They take precedence over a scenario's. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** Seed of generated values, 0 to 4294967295. Default: the scenario's. */
  readonly seed?: number;
  /** The instant at which new sandboxes freeze their clock (ISO 8601), or `now`. Default: the scenario's. */
  readonly clock?: string;
  /** `open` creates unknown platforms, clients and courses on first use; `closed` refuses them. Default: the scenario's. */
  readonly references?: 'open' | 'closed';
  /** Accept every well-formed token as an administrator's. Default false. */
  readonly acceptAnyToken?: boolean;
  /** Let web pages of any origin call the vendors. Default true. */
  readonly cors?: boolean;
  /** The origins whose web pages may, such as `http://localhost:5173`. Default: all. */
  readonly corsOrigin?: string | readonly string[];
  /** What absolute links in answers start with. Default: what the request says. */
  readonly baseUrl?: string;
  /** Proxies whose forwarding headers count, in the syntax of Express' setting `trust proxy`. Default `false`. */
  readonly trustProxy?: string | number | boolean;
  /** Default 0: any free one. */
  readonly port?: number;
  /** The address to listen on. Default `127.0.0.1`. */
  readonly host?: string;
  /** Bearer token for `/_mock`. Without it, only this machine may connect to `/_mock`. */
  readonly controlToken?: string;
  /** Whether the first request to an unknown sandbox creates it (`open`, default), or gets a 404. */
  readonly sandboxes?: 'open' | 'named';
  /** How many sandboxes there can be in memory. Default 1000. */
  readonly maxSandboxes?: number;
  /** Maximum number of journal entries in each sandbox. Default 1000; 0: none. */
  readonly journalSize?: number;
  /** The journal hides values whose name contains one of these. Tokens, keys and passwords are always hidden. */
  readonly redact?: readonly string[];
  /** Maximum size of a request body: `1mb` (default), `500kb`, or a number of bytes. */
  readonly bodyLimit?: string | number;
  /** Maximum size of an imported state: `256mb` (default), or a number of bytes. */
  readonly importLimit?: string | number;
  /** Maximum number of open connections. Default 1000. */
  readonly maxConnections?: number;
  /** The longest that `stop` waits for open requests: `1s` (default), `500ms`. */
  readonly grace?: string;
  /** Live vendors to forward requests to, or to compare answers with: `{ ibl: 'https://ibl.example' }`. */
  readonly upstream?: Readonly<Record<string, string>>;
  /** Headers for them, such as credentials: `['ibl=Authorization: Api-Token secret']`. */
  readonly upstreamHeader?: readonly string[];
  /** What sandboxes use their live vendors for, unless they are told otherwise. Default `mock`: nothing. */
  readonly upstreamMode?: UpstreamMode;
  /** How long a live vendor may take for an answer: `10s` (default), `500ms`. */
  readonly upstreamTimeout?: string;
  /** Send the client's own credentials to the live vendor. Default false. */
  readonly forwardCredentials?: boolean;
  /** In mode `shadow`, also send requests that change the live vendor's data. Default false. */
  readonly allowWrites?: boolean;
  /** Level of the log, which is JSON lines on standard error. Default `silent`. */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

const DEFAULTS = {
  host: '127.0.0.1',
  port: 0,
  data: 'memory',
  grace: '1s',
  logLevel: 'silent',
} as const;

/** Resolves when the server is ready. Rejects with a `MockError` for a wrong option, scenario or spec. */
export async function startServer(options: LicenseMockOptions): Promise<LicenseMock> {
  const flags = toFlags({ ...DEFAULTS, ...options });
  const config = parseServeConfig(readOptions(serveOptions, flags, {}, toOptionName), process.env);
  const log = createLog(config.logLevel, { isForPerson: false, isGathered: false });
  const app = await startApp(config, log);
  const listening = await listen(app.listener, config, app.beginStop).catch(
    async (thrown: unknown) => {
      await app.close();
      throw thrown;
    },
  );
  // A test process that forgets `stop` can still end. The client's socket keeps it alive during a request.
  listening.unref();
  let stopped: Promise<void> | undefined;
  return openMock({ url: listening.url, token: config.controlToken }, () => {
    stopped ??= listening
      .stop(config.graceMs)
      .then(() => app.close())
      .then(() => log.finish());
    return stopped;
  });
}

const known = serveOptions.filter(({ isForCommand }) => !isForCommand);

/** Options as flags: `journalSize: 5` is `--journal-size 5`, and `settings` are `--set ID=choice`. */
function toFlags(options: LicenseMockOptions): Flags {
  const {
    settings = {},
    redact,
    corsOrigin,
    upstream = {},
    upstreamHeader,
    calibration,
    ...plain
  } = options;
  if (Array.isArray(upstream)) {
    throw new MockError(
      'bad-option',
      "upstream cannot be a list. Name each vendor: { ibl: 'https://ibl.example' }.",
    );
  }
  const flags = Object.entries(plain).flatMap(([name, value]) =>
    value === undefined ? [] : [[toFlag(name), String(value)] as const],
  );
  const unknown = flags.find(([flag]) => known.every(({ name }) => name !== flag));
  if (unknown) {
    const names = known.map(({ name }) => toOptionName(name)).join(', ');
    throw new MockError(
      'bad-option',
      `There is no option ${toOptionName(unknown[0])}. Known: ${names}.`,
    );
  }
  return {
    ...Object.fromEntries(flags),
    set: Object.entries(settings).map(([id, choice]) => `${id}=${choice}`),
    upstream: Object.entries(upstream).map(([vendor, url]) => `${vendor}=${url}`),
    ...(upstreamHeader && { 'upstream-header': upstreamHeader }),
    ...(redact && { redact }),
    ...(calibration !== undefined && { calibration }),
    ...(corsOrigin !== undefined && { 'cors-origin': corsOrigin }),
  };
}

function toFlag(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The name of the option in messages, as it is written in code. */
function toOptionName(flag: string): string {
  if (flag === 'set') return 'settings';
  return flag.replaceAll(/-[a-z]/g, (letter) => letter.slice(1).toUpperCase());
}
