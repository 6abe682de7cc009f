/** Watches the files that a running server was started from, and takes over what was edited. */
import { existsSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import { isConfigName } from '../config/config-file.ts';
import type { ServeConfig } from '../config/serve-config.ts';

/** An editor writes a file in several steps. */
const SETTLE_MS = 150;

export type WatchedKind = 'scenario' | 'spec' | 'config';

/** Where files are watched. Folders, because an editor often replaces a file, and a watch would stay with the old one. */
export type WatchedPlace = {
  readonly kind: WatchedKind;
  readonly folder: string;
  /** Whether folders in it count as well. */
  readonly recursive: boolean;
  /** For people, relative to the working folder: `scenarios/`. */
  readonly shown: string;
  isWanted(file: string): boolean;
};

/** Calls `onEdit` after edits, one call at a time. The function ends it. */
export function watchFiles(
  places: readonly WatchedPlace[],
  onEdit: (files: readonly string[]) => Promise<void>,
): () => void {
  const edited = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const settle = (): void => {
    const files = [...edited].toSorted();
    edited.clear();
    running = running.then(() => onEdit(files));
  };
  const watchers = places.map(({ folder, isWanted, recursive }): FSWatcher => {
    return watch(folder, { recursive, persistent: false }, (_, name) => {
      const file = path.join(folder, name ?? '');
      if (!isWanted(file)) return;
      edited.add(file);
      clearTimeout(timer);
      timer = setTimeout(settle, SETTLE_MS).unref();
    });
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** Scenarios, specs and the config file. Folders that do not exist are left out. */
export function placesToWatch(
  { specs, scenario }: Pick<ServeConfig, 'specs' | 'scenario'>,
  /** The absolute path; undefined: there is none yet. */
  configFile: string | undefined,
): readonly WatchedPlace[] {
  const isScenarioFile = /[/\\]|\.ya?ml$/.test(scenario);
  const places = [
    wholeFolder('scenario', 'scenarios', false),
    ...(isScenarioFile ? [oneFile('scenario', path.resolve(scenario))] : []),
    ...(specs === undefined ? [] : [wholeFolder('spec', specs, true)]),
    configFile === undefined ? newConfig() : oneFile('config', configFile),
  ];
  return places.filter(({ folder }) => existsSync(folder));
}

/** The kind of a file that one of the places has. */
export function kindOf(places: readonly WatchedPlace[], file: string): WatchedKind {
  const place = places.find(
    ({ folder, isWanted }) => file.startsWith(`${folder}${path.sep}`) && isWanted(file),
  );
  return place?.kind ?? 'scenario';
}

function wholeFolder(kind: WatchedKind, name: string, recursive: boolean): WatchedPlace {
  const folder = path.resolve(name);
  return { kind, folder, recursive, shown: `${relative(folder)}${path.sep}`, isWanted: isData };
}

function isData(file: string): boolean {
  return /\.(?:ya?ml|json)$/.test(file);
}

function oneFile(kind: WatchedKind, wanted: string): WatchedPlace {
  return {
    kind,
    folder: path.dirname(wanted),
    recursive: false,
    shown: relative(wanted),
    isWanted: (file) => file === wanted,
  };
}

/** A config file that may be written later, into the working folder. */
function newConfig(): WatchedPlace {
  return {
    kind: 'config',
    folder: process.cwd(),
    recursive: false,
    shown: 'license-mock.config.yaml',
    isWanted: (file) => isConfigName(path.basename(file)),
  };
}

function relative(file: string): string {
  return path.relative(process.cwd(), file) || '.';
}
