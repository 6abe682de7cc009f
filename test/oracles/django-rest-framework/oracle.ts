/** Django REST framework itself (app.py), on a free port. It needs Python with Debian's python3-djangorestframework. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Debian's Python has the package; one that comes earlier in PATH may not. */
const PLACES = [process.env['ORACLE_PYTHON'], '/usr/bin/python3', 'python3'];
const python = PLACES.find(
  (place) => place !== undefined && spawnSync(place, ['-c', 'import rest_framework']).status === 0,
);

/** Without it the tests are skipped, with one line that says so; in CI that is a failure. */
export const hasDjango = python !== undefined;
if (!hasDjango) {
  const advice =
    'Install it (Debian: apt-get install python3-djangorestframework), or name a Python with ORACLE_PYTHON.';
  if (process.env['CI'] !== undefined) {
    throw new Error(`The oracle tests need Django REST framework. ${advice}`);
  }
  process.stderr.write(
    `The Django oracle is skipped: there is no Django REST framework. ${advice}\n`,
  );
}

export type Django = {
  readonly url: string;
  readonly versions: {
    readonly python: string;
    readonly django: string;
    readonly restFramework: string;
  };
  stop(): Promise<void>;
};

/** What the app starts with. */
export type DjangoStart = {
  readonly now: string;
  readonly tokens: Readonly<
    Record<string, { readonly role: string; readonly platform: string | null }>
  >;
  readonly platforms: readonly {
    readonly id: number;
    readonly key: string;
    readonly org: string;
  }[];
  /** Ledger rows that it treats otherwise than by default. */
  readonly choices: Readonly<Record<string, string>>;
};

export async function startDjango(start: DjangoStart): Promise<Django> {
  if (python === undefined) throw new Error('There is no Django REST framework.');
  const folder = import.meta.dirname;
  const fields = path.join(folder, '../../specs/ibl-fields.tsv');
  const child = spawn(python, ['-B', path.join(folder, 'app.py'), fields, JSON.stringify(start)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) => {
      throw new Error(`The Django app ended with ${String(code)} before it served.`);
    }),
  ])) as [string];
  const { url, ...versions } = JSON.parse(line) as Django['versions'] & { url: string };
  return {
    url,
    versions,
    async stop() {
      child.kill();
      await ended;
    },
  };
}
