/** An earlier commit of this project, to be measured beside the present one. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '../..');

export type Checkout = { readonly commit: string; readonly folder: string };

/** `work` gets a folder with the commit's files and our node_modules. It is removed afterwards. */
export async function withCheckout<T>(
  commit: string,
  work: (before: Checkout) => Promise<T>,
): Promise<T> {
  const parent = mkdtempSync(path.join(tmpdir(), 'license-mock-before-'));
  const folder = path.join(parent, commit);
  execFileSync('git', ['worktree', 'add', '--quiet', '--detach', folder, commit], { cwd: root });
  try {
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    compileSpecs(folder);
    return await work({ commit, folder });
  } finally {
    execFileSync('git', ['worktree', 'remove', '--force', folder], { cwd: root });
    rmSync(parent, { recursive: true, force: true });
  }
}

/** As `npm ci` does; otherwise a start reads the text of the specs. Early commits always do that. */
export function compileSpecs(folder: string): void {
  const script = path.join(folder, 'src/compile-ahead.js');
  if (existsSync(script)) execFileSync(process.execPath, [script], { stdio: 'inherit' });
}
