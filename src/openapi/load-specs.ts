/** Loads the specs of our own vendors and every OpenAPI file of a user's folder. */
import path from 'node:path';
import { messageOf } from '../errors.ts';
import { findSpecFiles } from './find-spec-files.ts';
import { loadSpec } from './load-spec.ts';
import type { Spec } from './spec.ts';

/** A file that cannot be used, an operation of one that another answers, or a schema that cannot be checked. */
export type NotServed = {
  readonly file: string;
  /** `GET /orders`. Without `operation` and `schema`, nothing of the file is served. */
  readonly operation?: string;
  /** The JSON Pointer of a schema that does not compile: any value passes. */
  readonly schema?: string;
  /** Why it is not served, with the line if it is known. */
  readonly reason: string;
};

export type LoadedSpecs = {
  readonly specs: readonly Spec[];
  readonly notServed: readonly NotServed[];
};

/** Files in our own folder that describe the mock itself. */
const RESERVED = new Set(['control', 'ledger']);

/**
 * `extra` is a user's folder. A file in it replaces our file of the same name if `canReplace` says so; otherwise it is
 * served beside ours under another name. Rejects with `MockError` `broken-spec` for a fault in one of our files, and for
 * a folder that cannot be read.
 */
export async function loadSpecs(
  own: string,
  extra?: string,
  canReplace: (spec: Spec) => boolean = () => true,
): Promise<LoadedSpecs> {
  const ours = findSpecFiles(own).filter((file) => !RESERVED.has(path.parse(file).name));
  const names = ours.map((file) => path.parse(file).name);
  const isOther = extra !== undefined && path.resolve(extra) !== path.resolve(own);
  const named = !isOther ? [] : nameFiles(extra, findSpecFiles(extra), names);
  const notServed: NotServed[] = [];
  const loaded = await Promise.all(
    named.map(async ({ vendor, file }) => {
      try {
        // The file is served even if one of its schemas is wrong.
        const onBrokenSchema = (message: string, schema: string): void => {
          notServed.push({ file, schema, reason: `${message}. Any value passes this schema.` });
        };
        const spec = await loadSpec(vendor, file, onBrokenSchema);
        if (!names.includes(vendor) || canReplace(spec)) return [spec];
        return [await loadSpec(`${vendor}-file`, file, onBrokenSchema)];
      } catch (thrown) {
        notServed.push({ file, reason: messageOf(thrown) });
        return [];
      }
    }),
  );
  const extras = loaded.flat();
  const replaced = new Set(extras.map(({ vendor }) => vendor));
  const kept = ours.filter((file) => !replaced.has(path.parse(file).name));
  const base = await Promise.all(kept.map((file) => loadSpec(path.parse(file).name, file)));
  return { specs: [...base, ...extras], notServed };
}

/** Names specs by file name; if several share it, by path: `v1/users.yaml` is `v1-users`, then `v1-users-yaml`. */
function nameFiles(folder: string, files: readonly string[], ours: readonly string[]) {
  const taken = new Set(['control']);
  return files.map((file) => {
    const { dir, name, ext } = path.parse(path.relative(folder, file));
    // Only a file at the top level replaces one of our specs.
    const isFree = dir === '' || !ours.includes(name);
    const parts = [...dir.split(path.sep), name].filter((part) => part !== '');
    const long = parts.join('-');
    const candidates = [...(isFree ? [name] : []), long, `${long}-${ext.slice(1)}`].map(toName);
    let vendor = candidates.find((each) => !taken.has(each)) ?? long;
    for (let count = 2; taken.has(vendor); count += 1) vendor = `${toName(long)}-${count}`;
    taken.add(vendor);
    return { vendor, file };
  });
}

/** The name is used in URLs and as a key in scenario files. */
function toName(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
}
