/** Moves all sandboxes between two places that hold them, by a file. Both ends work on the data, without a server. */
import { MockError, messageOf } from '../errors.ts';
import { newIdentity, setups } from '../sandboxes/sandbox.ts';
import { withIdentity } from '../sandboxes/with-identity.ts';
import type { Shared } from '../shared/shared.ts';
import type { Store } from '../store/store.ts';
import { readMoved, renderMoved, type MovedSandbox } from './moved-file.ts';

/** The text of the file, in parts. One sandbox is in memory at a time, as it was at one moment. */
export function renderSandboxes(store: Store, names: readonly string[]): AsyncGenerator<string> {
  return renderMoved(
    (async function* (): AsyncGenerator<MovedSandbox> {
      for (const name of names) {
        yield { name, content: await store.export(name) };
        await store.unload(name);
      }
    })(),
  );
}

/**
 * Puts the sandboxes of a file into a store, each at one moment, and gives their names. The whole file is checked before
 * anything is changed. Rejects with `MockError` `damaged-data` for a damaged file, `bad-option` for sandboxes that are
 * there unless `replaces`. `imported` is called after each.
 */
export async function importSandboxes(
  file: string,
  {
    state: { store, shared },
    scratch,
    replaces,
    imported,
  }: {
    readonly state: { readonly store: Store; readonly shared: Pick<Shared, 'alone'> };
    /** An empty store for trials. */
    readonly scratch: Store;
    readonly replaces: boolean;
    readonly imported: (name: string) => void;
  },
): Promise<void> {
  const names = await checkFile(file, scratch);
  const there = await store.sandboxes();
  const taken = names.filter((name) => there.includes(name));
  if (taken.length > 0 && !replaces) throw refuseTaken(taken);
  for await (const { name, content } of readMoved(file)) {
    await shared.alone(name, async () => {
      const before = await store.peek(name, setups, 'setup');
      // Somebody made it in the meantime.
      if (before && !replaces) throw refuseTaken([name]);
      // An existing journal continues.
      const journalId = before?.journalId ?? newIdentity();
      await store.replace(name, withIdentity(content, { journalId }));
    });
    await store.unload(name);
    imported(name);
  }
}

/** The names in the file. Rejects if one of its sandboxes could not be stored. */
async function checkFile(file: string, scratch: Store): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name, content } of readMoved(file)) {
    const wrong = (why: string, cause?: unknown): MockError =>
      new MockError('damaged-data', `${file}: the sandbox "${name}" ${why}`, { cause });
    if (names.includes(name)) throw wrong('is there twice. Export the sandboxes again.');
    if (content.records[setups.name]?.length !== 1) {
      throw wrong(`needs one record in ${setups.name}. Export the sandboxes again.`);
    }
    try {
      await scratch.replace(name, content);
      await scratch.drop(name);
    } catch (cause) {
      throw wrong(`cannot be stored: ${messageOf(cause)}`, cause);
    }
    names.push(name);
  }
  return names;
}

function refuseTaken(names: readonly string[]): MockError {
  const are = names.length === 1 ? 'is' : 'are';
  return new MockError(
    'bad-option',
    `${names.join(', ')} ${are} there already. To replace them with those of the file, use --replace.`,
  );
}
