/** Loads the specs of our own vendors and every OpenAPI file of a user's folder. */
import path from 'node:path';
import { messageOf } from '../errors.ts';
import { findSpecFiles } from './find-spec-files.ts';
import { loadSpec, type Spec } from './load-spec.ts';

/** A file that cannot be used, an operation of one that another answers, or a schema that cannot be checked. */
export type NotServed = {
  readonly file: string;
  /** `GET /orders`. Where there is neither operation nor schema, nothing of the file is served. */
  readonly operation?: string;
  /** The JSON Pointer of a schema that does not compile: any value passes. */
  readonly schema?: string;
  /** What keeps it from being served, with the line where it is known. */
  readonly reason: string;
};

export type LoadedSpecs = {
  readonly specs: readonly Spec[];
  readonly notServed: readonly NotServed[];
};

/** Files in our own folder that describe the mock itself. */
const RESERVED = new Set(['control', 'ledger']);

/**
 * `extra`: a user's folder. A file in it with the name of one of ours takes its place if it `canReplace` it, else it is
 * served beside ours under another name. Throws `MockError` `broken-spec`
 * for a file of ours and for a folder that cannot be read.
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
        // A mistake in one schema of many does not keep the file from being served.
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

/** By its file's name; where several have one, by its path: `v1/users.yaml` is `v1-users`, then `v1-users-yaml`. */
function nameFiles(folder: string, files: readonly string[], ours: readonly string[]) {
  const taken = new Set(['control']);
  return files.map((file) => {
    const { dir, name, ext } = path.parse(path.relative(folder, file));
    // Only what lies at the top takes the place of a spec of ours.
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

/** It stands in URLs and as a key in scenario files. */
function toName(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
}
