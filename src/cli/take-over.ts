/** Takes over edited files into a running server, and says what it did or what is wrong with them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { RunningApp } from '../app.ts';
import { parseServeConfig, type ServeConfig } from '../config/serve-config.ts';
import type { Environment, Flags } from '../config/options.ts';
import { messageOf } from '../errors.ts';
import { startOverEdited } from '../sandboxes/start-over-edited.ts';
import { checkFile } from './check-file.ts';
import { readServeOptions } from './read-serve-options.ts';
import type { WatchedKind } from './watch-files.ts';

/** What belongs to the socket, the state or the log: a new value counts after a restart. */
const FIXED = [
  'port',
  'host',
  'data',
  'dataSchema',
  'durability',
  'tls',
  'maxConnections',
  'logLevel',
  'addressFile',
  'watch',
] as const satisfies readonly (keyof ServeConfig)[];

type Parts = {
  readonly kindOf: (file: string) => WatchedKind;
  readonly flags: Flags;
  readonly environment: Environment;
  /** Gets sentences. */
  readonly say: (sentence: string) => void;
};

/** The function takes the absolute paths of edited files, and never rejects. A broken file changes nothing. */
export function createTakeOver(
  app: RunningApp,
  first: ServeConfig,
  { kindOf, flags, environment, say }: Parts,
): (files: readonly string[]) => Promise<void> {
  let config = first;
  let edits = 0;
  const brokenSpecs = new Set<string>();

  const isConfig = (file: string): boolean => kindOf(file) === 'config';

  /** Says what is wrong with the file, if anything is. */
  const isUsable = async (file: string): Promise<boolean> => {
    brokenSpecs.delete(file);
    // Reading the options checks the config file.
    if (isConfig(file) || !existsSync(file)) return true;
    const isSpec = kindOf(file) === 'spec';
    const { kind, faults } = await checkFile(nameOf(file));
    // A part that specs refer to looks like a scenario, and is checked with them.
    if (faults.length === 0 || (isSpec && kind === 'scenario')) return true;
    if (isSpec) brokenSpecs.add(file);
    say(refusal([file], faults));
    return false;
  };

  const readConfig = async (): Promise<ServeConfig> => {
    edits += 1;
    const { given } = await readServeOptions(flags, environment, edits);
    const read = parseServeConfig(given, environment);
    const changed = FIXED.filter(
      (name) => JSON.stringify(read[name]) !== JSON.stringify(first[name]),
    );
    if (changed.length > 0) say(`Restart the server to apply: ${changed.join(', ')}.`);
    const kept = Object.fromEntries(FIXED.map((name) => [name, first[name]]));
    return { ...read, ...kept, controlToken: read.controlToken ?? first.controlToken };
  };

  return async (files) => {
    const usable: string[] = [];
    for (const file of files) if (await isUsable(file)) usable.push(file);
    if (usable.length === 0) return;
    try {
      const next = usable.some(isConfig) ? await readConfig() : config;
      const reloaded = await app.reload(next, {
        files: usable,
        // While one of them is broken, all stay as they were.
        areSpecsEdited: brokenSpecs.size === 0,
      });
      config = next;
      const restarted = first.watch === 'reset' ? await startOverEdited(reloaded) : [];
      const waits = first.watch !== 'reset' && usable.some((file) => kindOf(file) === 'scenario');
      const effect = waits ? ' The next reset uses it.' : describeRestarts(restarted);
      say(`${usable.map(nameOf).join(', ')}: taken over.${effect}`);
      for (const { reason } of reloaded.notServed) say(reason);
    } catch (thrown) {
      say(refusal(usable, messageOf(thrown).split('\n')));
    }
  };
}

function describeRestarts(restarted: readonly string[]): string {
  return restarted.length > 0 ? ` Started over: ${restarted.join(', ')}.` : '';
}

function refusal(files: readonly string[], faults: readonly string[]): string {
  return `${files.map(nameOf).join(', ')}: not taken over.${faults.map((fault) => `\n  ${fault}`).join('')}`;
}

function nameOf(file: string): string {
  return path.relative(process.cwd(), file);
}
