/** Whether the disk takes changes now: found out by a try, because free space and rights can change at any time. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../../errors.ts';

/** As large as a block, so that a full disk refuses it. */
const PROBE = Buffer.alloc(4096);
let tries = 0;

/** Undefined: it does. Else the reason, in a sentence. Leaves nothing in the folder. */
export async function probeFolder(folder: string): Promise<string | undefined> {
  tries += 1;
  const file = path.join(folder, `.probe-${tries}`);
  try {
    await writeFile(file, PROBE);
    return undefined;
  } catch (error) {
    return `Changes cannot be stored in ${folder}: ${messageOf(error)}.`;
  } finally {
    await rm(file, { force: true }).catch(() => {});
  }
}
