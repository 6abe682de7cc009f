/** What `serve` prints when it is ready: its URL, what it serves, and an example call for each vendor. */
import path from 'node:path';
import type { App } from '../app.ts';
import { describeDataLocation, isDatabase } from '../config/data-location.ts';
import type { ServeConfig } from '../config/serve-config.ts';
import { isObserved, type Calibration } from '../ledger/calibration.ts';
import type { Served } from '../http/find-route.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { describeClock } from '../time/clock.ts';
import type { Introduction } from '../vendors/vendor.ts';
import { urlOption } from './client-options.ts';
import { ownCommand } from './own-command.ts';

/** `generatedToken`: the control token if it was made for this run. One that the user chose is not shown. */
export function renderBanner(
  app: App,
  config: ServeConfig,
  started: {
    readonly url: string;
    readonly generatedToken: string | undefined;
    readonly configFile: string | undefined;
    /** The folders and files whose edits are taken over. */
    readonly watched: readonly string[];
    /** What the user should know, a sentence each. */
    readonly notes: readonly string[];
  },
): string {
  const { sandbox } = app;
  const { url, generatedToken, configFile, watched, notes } = started;
  return [
    '',
    `license-mock is ready at ${url}${ANYWHERE.has(config.host) ? ', and at every other address of this machine' : ''}`,
    `  state     ${describeState(app, config)}`,
    `  scenario  ${sandbox.setup.scenario}`,
    ...describeOverruled(app, config),
    ...app.calibrations.map(describeCalibration),
    `  profile   ${sandbox.profile}${sandbox.profile === 'wire' ? ' (accepts what the vendors tolerate, with a warning)' : ' (refuses what the vendors merely tolerate)'}`,
    `  clock     ${showClock(sandbox)}`,
    `  console   ${url}/_mock/  in a browser: what your app sent, and why it got its answer`,
    `  control   ${url}/_mock  sandboxes, clock, overrides, journal; ${describeAccess(config)}`,
    ...describeToken(generatedToken, url),
    `  journal   ${renderJournalCommand(config, url, generatedToken)}`,
    '            shows each request, and why it was refused',
    ...(config.acceptAnyToken ? ['  tokens    the vendors accept every well-formed one'] : []),
    ...describeUpstreams(config),
    ...(configFile === undefined ? [] : [`  config    ${configFile}`]),
    ...describeWatched(config, watched),
    ...notes.map((note) => `  note      ${note}`),
    ...app.served.flatMap((served) => ['', ...describeVendor(served, sandbox, url)]),
    ...describeNotServed(app),
    '',
    'Press Ctrl-C to stop.',
    '',
    '',
  ].join('\n');
}

/** `OPTIONS`, the longest method, and a space. */
const METHOD_WIDTH = 8;
const ANYWHERE = new Set(['0.0.0.0', '::']);

function showClock({ setup: { clock } }: Sandbox): string {
  const time = describeClock(clock);
  if (clock.mode === 'frozen') return `frozen at ${time}`;
  return time === 'now' ? 'running' : `running at ${time}`;
}

function describeAccess({ controlToken, trust }: ServeConfig): string {
  if (controlToken !== undefined) return 'requires the control token';
  return trust === undefined
    ? 'only from this machine'
    : 'closed, because --trust-proxy requires a --control-token for it';
}

/** Finds this server when it is pasted into a shell in the same folder. */
function renderJournalCommand(
  { controlToken }: ServeConfig,
  url: string,
  generatedToken: string | undefined,
): string {
  const token = generatedToken ?? (controlToken === undefined ? undefined : '"$TOKEN"');
  return [
    ownCommand(),
    'journal --follow',
    ...(url === urlOption.default ? [] : [`--url ${url}`]),
    ...(token === undefined ? [] : [`--token ${token}`]),
  ].join(' ');
}

function describeWatched({ watch }: ServeConfig, watched: readonly string[]): string[] {
  if (watch === 'off') return [];
  const effect =
    watch === 'reset'
      ? 'an edited scenario starts its sandboxes over'
      : 'a sandbox uses an edited scenario from its next reset on';
  return [`  watch     ${watched.join(', ')}`, `            ${effect}`];
}

function describeCalibration({ vendor, date, rows }: Calibration): string {
  const observed = Object.values(rows).filter(isObserved).length;
  return `  calibrated  ${vendor} as observed on ${date} (${observed} ledger rows)`;
}

function describeUpstreams({ upstreams }: ServeConfig): string[] {
  return upstreams.map(
    ({ vendor, url, mode }, index) =>
      `  ${(index === 0 ? 'upstream' : '').padEnd(9)} ${vendor}: ${url}, mode ${mode}`,
  );
}

function describeToken(token: string | undefined, url: string): string[] {
  if (token === undefined) return [];
  const curl = `curl -H ${quote(`Authorization: Bearer ${token}`)} ${url}/_mock/sandboxes`;
  return [`            ${curl}`];
}

function describeState({ isResumed }: App, { data, dataSchema }: ServeConfig): string {
  if (data === 'memory') return 'in memory; lost when the server stops';
  const place = isDatabase(data)
    ? `${describeDataLocation(data)}, schema ${dataSchema}`
    : path.resolve(data);
  return `${place}, ${isResumed ? 'existing state' : 'new'}`;
}

function describeOverruled({ overruled, scenario }: App, { data }: ServeConfig): string[] {
  if (overruled.length === 0) return [];
  const fresh = isDatabase(data) ? '' : ', and so does --fresh at the next start';
  return [
    ...overruled.map((sentence) => `            ${sentence}`),
    `            A reset starts over with ${scenario.name}${fresh}.`,
  ];
}

function describeNotServed({ notServed }: App): string[] {
  if (notServed.length === 0) return [];
  return ['', 'Not served, or not checked', ...notServed.map(({ reason }) => `  ${reason}`)];
}

function describeVendor({ vendor, spec }: Served, sandbox: Sandbox, url: string): string[] {
  const { credentials, example } = vendor.introduce(sandbox.setup.configs[vendor.name]);
  const pathWidth = Math.max(0, ...spec.operations.map(({ operation }) => operation.path.length));
  const operations = spec.operations.map(({ operation: { method, path: at, id } }) => {
    const generated = vendor.handlers[id] ? '' : '  (generated from the spec)';
    return `  ${method.padEnd(METHOD_WIDTH)}${at.padEnd(pathWidth)}  ${id}${generated}`;
  });
  return [
    vendor.title,
    ...operations,
    ...credentials.map((line) => `  ${line}`),
    ...(example ? [`  ${renderCurl(example, url)}`] : []),
  ];
}

/** Renders one line that can be pasted into a POSIX shell. */
function renderCurl(example: NonNullable<Introduction['example']>, url: string): string {
  const headers = Object.entries(example.headers).map(
    ([name, value]) => `-H ${quote(`${name}: ${value}`)}`,
  );
  const data = example.body === undefined ? [] : ['-d', quote(example.body)];
  const method = example.method === 'GET' ? [] : ['-X', example.method];
  return ['curl -s', ...method, ...headers, ...data, quote(`${url}${example.path}`)].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
