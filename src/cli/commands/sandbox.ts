/** `license-mock sandbox`: manages the sandboxes of a running server. Each function returns the exit code. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createControlClient, type ControlClient } from '../../client/control-client.ts';
import type { SandboxView, StartOptions } from '../../control-api/control-api.ts';
import { messageOf } from '../../errors.ts';
import { readOptional, readRequired, type Given } from '../../config/options.ts';
import {
  oneOf,
  parseSettings,
  parseSwitch,
  parseText,
  parseToken,
  parseUrl,
  wholeFrom,
} from '../../config/parse-value.ts';
import { upstreamModes } from '../../config/upstream-options.ts';
import { renderYaml } from '../../yaml/render-yaml.ts';
import { UsageError } from '../fail.ts';
import { alignColumns, isJsonAsked, print } from '../output.ts';
import { parseParams } from '../parse-params.ts';

/** It opens data, which the other commands leave to a server. */
const movingCode = () => import('./move-sandboxes.ts');

export async function listSandboxes(given: Given): Promise<number> {
  const all = await connect(given).listSandboxes();
  const rows = all.map(({ name, scenario, clock, url }) => [
    name,
    scenario ?? 'not in memory',
    clock ? `${clock.mode} at ${clock.now}` : '',
    url,
  ]);
  print(given, all, alignColumns([['name', 'scenario', 'clock', 'url'], ...rows]));
  return 0;
}

export async function createSandbox(given: Given, name: string): Promise<number> {
  const sandbox = await connect(given).startSandbox(name, parseStart(given));
  print(given, sandbox, describeSandbox(sandbox));
  return 0;
}

export async function resetSandbox(given: Given, name: string): Promise<number> {
  const sandbox = await connect(given).resetSandbox(name);
  print(given, sandbox, describeSandbox(sandbox));
  return 0;
}

export async function exportSandbox(given: Given, name: string | undefined): Promise<number> {
  if (isAll(given)) {
    if (name === undefined) return (await movingCode()).exportAll(given);
    throw new UsageError(`--all is instead of the name of a sandbox. Leave out ${name}`);
  }
  if (name === undefined) throw new UsageError('Name a sandbox, or use --all');
  const state = await connect(given).exportState(name);
  const output = readOptional(given, 'output', parseText);
  const isJson = isJsonAsked(given) || /\.json$/i.test(output ?? '');
  const text = isJson ? `${JSON.stringify(state, undefined, 2)}\n` : renderYaml(state);
  if (output === undefined) process.stdout.write(text);
  else {
    writeText(output, text);
    process.stderr.write(`Wrote the state of ${name} to ${output}.\n`);
  }
  return 0;
}

export async function importSandbox(
  given: Given,
  ...[name, file]: readonly (string | undefined)[]
): Promise<number> {
  if (isAll(given)) {
    if (name !== undefined && file === undefined)
      return (await movingCode()).importAll(given, name);
    throw new UsageError('With --all, name the file and nothing else');
  }
  if (name === undefined || file === undefined) {
    throw new UsageError('Name a sandbox and a file, or use --all and name a file');
  }
  const isJson = path.extname(file).toLowerCase() === '.json';
  const sandbox = await connect(given).importState(name, {
    mediaType: isJson ? 'application/json' : 'application/yaml',
    content: readText(file),
  });
  print(given, sandbox, describeSandbox(sandbox));
  return 0;
}

/** Shows all upstreams, or that of a vendor; sets the mode if there is one. */
export async function useUpstream(
  given: Given,
  name: string,
  vendor: string | undefined,
  mode: string | undefined,
): Promise<number> {
  const client = connect(given);
  const shown =
    vendor === undefined
      ? await client.listUpstreams(name)
      : mode === undefined
        ? [await client.getUpstream(name, vendor)]
        : [await client.setUpstream(name, vendor, parseMode({ source: 'MODE', text: mode }))];
  const rows = shown.map((each) => [each.vendor, each.mode, each.url ?? 'no upstream']);
  print(
    given,
    vendor === undefined ? shown : shown[0],
    alignColumns([['vendor', 'mode', 'url'], ...rows]),
  );
  return 0;
}

const parseMode = oneOf(...upstreamModes);

export async function deleteSandbox(given: Given, name: string): Promise<number> {
  await connect(given).removeSandbox(name);
  print(given, { name, removed: true }, [`Deleted ${name}.`]);
  return 0;
}

function connect(given: Given): ControlClient {
  return createControlClient({
    url: readRequired(given, 'url', parseUrl),
    token: readOptional(given, 'token', parseToken),
  });
}

function isAll(given: Given): boolean {
  return readRequired(given, 'all', parseSwitch);
}

/** Only the given options; the server's options apply to the rest. */
function parseStart(given: Given): StartOptions {
  const scenario = readOptional(given, 'scenario', parseText);
  const seed = readOptional(given, 'seed', wholeFrom(0, 4_294_967_295));
  const clock = readOptional(given, 'clock', parseText);
  const profile = readOptional(given, 'profile', oneOf('wire', 'strict'));
  const { set = [], param = [] } = given;
  return {
    ...(scenario !== undefined && { scenario }),
    ...(seed !== undefined && { seed }),
    ...(clock !== undefined && { clock }),
    ...(profile !== undefined && { profile }),
    ...(set.length > 0 && { settings: parseSettings(set) }),
    ...(param.length > 0 && { params: parseParams(param) }),
  };
}

function describeSandbox({ name, url, scenario, seed, clock, profile, records }: SandboxView) {
  const counts = Object.entries(records).flatMap(([collection, count]) =>
    count === 0 ? [] : [`${count} ${collection}`],
  );
  return [
    `${name} is at ${url}`,
    ...alignColumns([
      ['scenario', scenario],
      ['seed', String(seed)],
      ['clock', `${clock.mode} at ${clock.now}`],
      ['profile', profile],
      ['records', counts.join(', ') || 'none'],
    ]),
  ];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${messageOf(cause)}`, { cause });
  }
}
