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

/** What belongs to the socket, the state or the log: a new value counts after a restart. */
const FIXED = [
  'port',
  'host',
  'data',
  'durability',
  'tls',
  'maxConnections',
  'logLevel',
  'addressFile',
  'watch',
] as const satisfies readonly (keyof ServeConfig)[];

/** The function takes the edited files, and never rejects. `say` gets sentences. */
export function createTakeOver(
  app: RunningApp,
  first: ServeConfig,
  parts: {
    /** The absolute path; undefined: there is none. */
    readonly configFile: string | undefined;
    readonly flags: Flags;
    readonly environment: Environment;
    readonly say: (sentence: string) => void;
  },
): (files: readonly string[]) => Promise<void> {
  let edits = 0;
  // Reading the options checks the config file.
  const isChecked = (file: string): boolean => file !== parts.configFile && existsSync(file);
  return async (files) => {
    const names = files.map((file) => path.relative(process.cwd(), file)).join(', ');
    try {
      const checked = await Promise.all(files.filter(isChecked).map((file) => checkFile(file)));
      const faults = checked.flatMap((each) => each.faults);
      if (faults.length > 0) throw new Error(faults.join('\n'));
      edits += 1;
      const { given } = await readServeOptions(parts.flags, parts.environment, edits);
      const read = parseServeConfig(given);
      const changed = FIXED.filter(
        (name) => JSON.stringify(read[name]) !== JSON.stringify(first[name]),
      );
      const kept = Object.fromEntries(FIXED.map((name) => [name, first[name]]));
      const token = read.controlToken ?? first.controlToken;
      const next = { ...read, ...kept, controlToken: token };
      const reloaded = await app.reload(next);
      const restarted = first.watch === 'reset' ? await startOverEdited(reloaded) : [];
      const did =
        restarted.length > 0
          ? ` Started over: ${restarted.join(', ')}.`
          : ' The next reset uses it.';
      parts.say(`${names}: taken over.${did}`);
      for (const { reason } of reloaded.notServed) parts.say(reason);
      if (changed.length > 0) parts.say(`Restart the server to apply: ${changed.join(', ')}.`);
    } catch (thrown) {
      parts.say(`${names}: not taken over. ${messageOf(thrown)}`);
    }
  };
}
