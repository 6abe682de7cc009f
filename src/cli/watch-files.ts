/** Watches the files that a running server was started from, and takes over what was edited. */
import { existsSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import { findConfigFile } from '../config/config-file.ts';
import type { ServeConfig } from '../config/serve-config.ts';

/** An editor writes a file in several steps. */
const SETTLE_MS = 150;

export type Watching = { stop(): void };

/**
 * Calls `onEdit` after each edit of a scenario, a spec or the config file, one call at a time. Folders that do not exist
 * are not watched.
 */
export function watchFiles(
  config: ServeConfig,
  configFile: string | undefined,
  onEdit: (files: readonly string[]) => Promise<void>,
): Watching {
  const edited = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const settle = (): void => {
    const files = [...edited].toSorted();
    edited.clear();
    running = running.then(() => onEdit(files));
  };
  const watchers = placesOf(config, configFile).map(({ place, isWanted, recursive }): FSWatcher => {
    return watch(place, { recursive, persistent: false }, (_, name) => {
      const file = path.join(place, name ?? '');
      if (!isWanted(file)) return;
      edited.add(file);
      clearTimeout(timer);
      timer = setTimeout(settle, SETTLE_MS).unref();
    });
  });
  return {
    stop() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

type Place = {
  readonly place: string;
  /** Whether folders in it count as well. */
  readonly recursive: boolean;
  isWanted(file: string): boolean;
};

function isData(file: string): boolean {
  return /\.(?:ya?ml|json)$/.test(file);
}

function only(wanted: string): Place {
  return { place: path.dirname(wanted), recursive: false, isWanted: (file) => file === wanted };
}

/** Folders, not files: an editor often replaces a file, and a watch would stay with the old one. */
function placesOf(config: ServeConfig, configFile: string | undefined): readonly Place[] {
  const file = configFile ?? findConfigFile(process.cwd());
  const isScenarioFile = /[/\\]|\.ya?ml$/.test(config.scenario);
  const places: readonly Place[] = [
    { place: path.resolve('scenarios'), recursive: false, isWanted: isData },
    ...(config.specs === undefined
      ? []
      : [{ place: path.resolve(config.specs), recursive: true, isWanted: isData }]),
    ...(file === undefined ? [] : [only(path.resolve(file))]),
    ...(isScenarioFile ? [only(path.resolve(config.scenario))] : []),
  ];
  return places.filter(({ place }) => existsSync(place));
}
