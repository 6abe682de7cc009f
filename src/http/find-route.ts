/** Which vendor a request is for, and which of its operations. */
import { MockError } from '../errors.ts';
import { findNearest } from '../matching/nearest.ts';
import type { Spec, SpecOperation } from '../openapi/load-spec.ts';
import type { HttpRequest } from '../messages/message.ts';
import type { Route } from '../openapi/operation.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { RawRequest } from './read-request.ts';

/** A vendor with the paths of its spec, ready to look up. */
export type Served = { readonly vendor: Vendor; readonly spec: Spec; readonly paths: Paths };

/** A request whose vendor is known. `found` is undefined where no path of the spec matches. */
export type Address = {
  readonly served: Served;
  readonly http: HttpRequest;
  readonly found: Found | undefined;
};

type Found = { readonly route: Route; readonly spec: SpecOperation };

type PathEntry = {
  readonly methods: readonly string[];
  readonly operations: ReadonlyMap<string, SpecOperation>;
  readonly first: SpecOperation;
};

type Paths = {
  readonly fixed: ReadonlyMap<string, PathEntry>;
  readonly patterns: readonly {
    readonly pattern: RegExp;
    readonly names: readonly string[];
    readonly entry: PathEntry;
  }[];
};

export function serve(vendor: Vendor, spec: Spec): Served {
  return { vendor, spec, paths: indexPaths(vendor, spec) };
}

/** The vendor by the longest prefix of the path, else by the header `X-Mock-Vendor`; undefined: nobody's. */
export function findVendor(raw: RawRequest, all: readonly Served[]): Served | undefined {
  let best: Served | undefined;
  let longest = 0;
  for (const served of all) {
    const length = prefixLength(unmount(decodePath(raw.path), served.vendor), served.vendor);
    if (length > longest) [best, longest] = [served, length];
  }
  return best ?? all.find(({ vendor }) => vendor.name === raw.headers['x-mock-vendor']);
}

/** Looks the path up in the vendor's spec. `base` is what precedes the path: a sandbox prefix or nothing. */
export function findRoute(raw: RawRequest, base: string, served: Served): Address {
  const path = unmount(raw.path, served.vendor);
  const mount = raw.path.slice(0, raw.path.length - path.length);
  const http: HttpRequest = { ...raw, path, baseUrl: `${raw.origin}${base}${mount}` };
  return { served, http, found: lookUp(served, decodePath(path), raw.method) };
}

export function unknownPath(raw: RawRequest, all: readonly Served[]): MockError {
  const vendors = all.map(({ vendor }) => vendor.name).join(', ');
  return new MockError(
    'unknown-path',
    `No vendor serves ${raw.path.slice(0, 200)}. Nearest: ${nearestPaths(raw.path, all).join(', ')}. To ask a vendor all the same send X-Mock-Vendor: one of ${vendors}.`,
  );
}

/** Operations that look most like the path, as `METHOD path`. */
export function nearestPaths(path: string, all: readonly Served[]): readonly string[] {
  const known = all.flatMap(({ spec }) =>
    spec.operations.map(({ operation }) => `${operation.method} ${operation.path}`),
  );
  return findNearest(path, known, 5);
}

function lookUp({ vendor, paths }: Served, path: string, method: string): Found | undefined {
  const key = normalize(path, vendor);
  const fixed = paths.fixed.get(key);
  if (fixed) return toFound(fixed, method, {});
  for (const { pattern, names, entry } of paths.patterns) {
    const match = pattern.exec(path);
    if (!match) continue;
    const values = names.map((name, i) => [name, match[i + 1] ?? ''] as const);
    return toFound(entry, method, Object.fromEntries(values));
  }
  return undefined;
}

function toFound(entry: PathEntry, method: string, parameters: Route['parameters']): Found {
  const asked =
    method === 'HEAD'
      ? (entry.operations.get('HEAD') ?? entry.operations.get('GET'))
      : entry.operations.get(method);
  const spec = asked ?? entry.first;
  return { spec, route: { operation: spec.operation, methods: entry.methods, parameters } };
}

function indexPaths(vendor: Vendor, spec: Spec): Paths {
  const templates = Map.groupBy(spec.operations, ({ operation }) => operation.path);
  const fixed = new Map<string, PathEntry>();
  const patterns: Paths['patterns'][number][] = [];
  for (const [template, group] of templates) {
    const [first] = group;
    if (!first) continue;
    const operations = new Map(group.map((found) => [found.operation.method, found]));
    const entry: PathEntry = { methods: [...operations.keys()], operations, first };
    if (!template.includes('{')) {
      fixed.set(normalize(template, vendor), entry);
      continue;
    }
    const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
    const source = normalize(template, vendor)
      .split(/\{[^}]+\}/)
      .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('([^/]+)');
    const slash = vendor.routing.ignoreTrailingSlash ? '/?' : '';
    patterns.push({
      pattern: new RegExp(`^${source}${slash}$`, vendor.routing.ignoreCase ? 'i' : ''),
      names,
      entry,
    });
  }
  return { fixed, patterns };
}

function normalize(path: string, { routing }: Vendor): string {
  const cased = routing.ignoreCase ? path.toLowerCase() : path;
  return routing.ignoreTrailingSlash && cased.length > 1 && cased.endsWith('/')
    ? cased.slice(0, -1)
    : cased;
}

/** The path without the gateway's prefix, where one of the vendor's own paths follows it. */
function unmount(path: string, vendor: Vendor): string {
  for (const mount of vendor.routing.mounts) {
    if (path.startsWith(`${mount}/`)) return path.slice(mount.length);
  }
  return path;
}

/** How much of the path is a prefix of the vendor's; 0: none. A prefix ends where a segment ends. */
function prefixLength(path: string, vendor: Vendor): number {
  const cased = vendor.routing.ignoreCase ? path.toLowerCase() : path;
  let longest = 0;
  for (const prefix of vendor.routing.prefixes) {
    const stem = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
    const next = cased.charAt(stem.length);
    if (cased.startsWith(stem) && (next === '' || next === '/')) {
      longest = Math.max(longest, stem.length);
    }
  }
  return longest;
}

/** Percent-decoded; where that is not possible, as sent: no path of a spec looks like that. */
function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
