/** The folder of the package, with its specs, scenarios and docs: the same in a clone and where it is installed. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export const PACKAGE_FOLDER = findPackage(import.meta.dirname);

/** In `dist` the code lies in other folders than in `src`. */
function findPackage(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const isPackage = existsSync(path.join(folder, 'specs', 'control.yaml'));
    if (isPackage || folder === path.dirname(folder)) return folder;
  }
}
