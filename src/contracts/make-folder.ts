/** Makes the folder of a file that is to be written. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** Folder by folder: Node's `recursive` tries for ever where the system refuses a folder, as below `/proc`. */
export function makeFolderOf(file: string): void {
  make(path.dirname(path.resolve(file)));
}

function make(folder: string): void {
  if (existsSync(folder)) return;
  const parent = path.dirname(folder);
  // A root that is not there, such as a drive of Windows, has no parent to make.
  if (parent !== folder) make(parent);
  try {
    mkdirSync(folder);
  } catch (cause) {
    // Somebody else may have made it meanwhile.
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
}
