/** Finds the vendor and the operation of a request. */
import { MockError } from '../errors.ts';
import { findNearest } from '../matching/nearest.ts';
import type { Spec, SpecOperation } from '../openapi/spec.ts';
import type { HttpRequest } from '../messages/message.ts';
import type { Route } from '../openapi/operation.ts';
import type { Vendor } from '../vendors/vendor.ts';
import {
  compareTemplates,
  compileTemplate,
  decodeSegments,
  type Template,
} from './path-template.ts';
import type { RawRequest } from './read-request.ts';

/** A vendor with its spec and the lookup of its paths. */
export type Served = { readonly vendor: Vendor; readonly spec: Spec; readonly paths: Paths };

/** A request whose vendor is known. `found` is undefined if no path of the spec matches. */
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

type PathPattern = { readonly template: Template; readonly entry: PathEntry };

type Paths = {
  readonly fixed: ReadonlyMap<string, PathEntry>;
  /** More concrete patterns come first. */
  readonly patterns: readonly PathPattern[];
};

const EXACTLY = { ignoreCase: false, ignoreTrailingSlash: false };

export function serve(vendor: Vendor, spec: Spec): Served {
  return { vendor, spec, paths: indexPaths(vendor, spec) };
}

/**
 * Finds the operation of a request. A vendor answers every path that starts with its prefix, even unknown paths;
 * a file without a vendor answers only the paths that it documents. If both have the path, the more concrete
 * one is used, then the vendor. `X-Mock-Vendor` chooses the vendor for paths that no one serves.
 */
export function findAddress(
  raw: RawRequest,
  base: string,
  all: readonly Served[],
): Address | undefined {
  const owner = findVendor(raw, all);
  const own = owner && findRoute(raw, base, owner);
  if (own && offers(own.found, raw.method) && own.found.route.operation.path === raw.path)
    return own;
  const foreign = findForeign(raw, base, all);
  if (!foreign) return own ?? namedVendor(raw, base, all);
  if (!own) return foreign;
  return isRather(foreign.found, own.found, raw.method) ? foreign : own;
}

function namedVendor(raw: RawRequest, base: string, all: readonly Served[]): Address | undefined {
  const named = all.find(({ vendor }) => vendor.name === raw.headers['x-mock-vendor']);
  return named && findRoute(raw, base, named);
}

/** True if a file's operation takes precedence over the vendor's. */
function isRather(found: Found | undefined, own: Found | undefined, method: string): boolean {
  if (!found) return false;
  if (!own) return true;
  if (offers(found, method) !== offers(own, method)) return offers(found, method);
  return compareTemplates(found.route.operation.path, own.route.operation.path) < 0;
}

function offers(found: Found | undefined, method: string): found is Found {
  const asked = method === 'HEAD' ? ['HEAD', 'GET'] : [method];
  return found !== undefined && asked.some((each) => found.route.methods.includes(each));
}

/** The vendor with the longest prefix of the path; undefined if no vendor has one. */
function findVendor(raw: RawRequest, all: readonly Served[]): Served | undefined {
  let best: Served | undefined;
  let longest = 0;
  for (const served of all) {
    if (served.vendor.routing.prefixes.length === 0) continue;
    const length = prefixLength(unmount(decodePath(raw.path), served.vendor), served.vendor);
    if (length > longest) [best, longest] = [served, length];
  }
  return best;
}

/** Looks the path up in the vendor's spec. `base` is what precedes the path: a sandbox prefix or nothing. */
export function findRoute(raw: RawRequest, base: string, served: Served): Address {
  const path = unmount(raw.path, served.vendor);
  const mount = raw.path.slice(0, raw.path.length - path.length);
  const http: HttpRequest = { ...raw, path, baseUrl: `${raw.origin}${base}${mount}` };
  const matches = lookUp(served, path);
  const first = matches.find(({ entry }) => entry.operations.has(raw.method)) ?? matches[0];
  return { served, http, found: first && toFound(first, raw.method) };
}

/**
 * Searches all files without a vendor: finds the most concrete path that offers the method, else the most concrete
 * path, whose refusal lists the methods of every matching path.
 */
function findForeign(raw: RawRequest, base: string, all: readonly Served[]): Address | undefined {
  const foreign = all.filter(({ vendor }) => vendor.routing.prefixes.length === 0);
  const asSent = matchEach(foreign, () => raw.path);
  // The start of the path can be a server's base path only if no file matches the whole path.
  const matches =
    asSent.length > 0 ? asSent : matchEach(foreign, ({ vendor }) => unmount(raw.path, vendor));
  const offering = matches.find(({ match }) => match.entry.operations.has(raw.method));
  const chosen = offering ?? matches[0];
  if (!chosen) return undefined;
  const { served, path, match } = chosen;
  const mount = raw.path.slice(0, raw.path.length - path.length);
  const found = toFound(match, raw.method);
  const methods = offering
    ? found.route.methods
    : [...new Set(matches.flatMap((each) => each.match.entry.methods))];
  return {
    served,
    http: { ...raw, path, baseUrl: `${raw.origin}${base}${mount}` },
    found: { ...found, route: { ...found.route, methods } },
  };
}

/** Sorts the matches; the most concrete comes first. */
function matchEach(foreign: readonly Served[], pathFor: (served: Served) => string) {
  return foreign
    .flatMap((served) => {
      const path = pathFor(served);
      return lookUp(served, path).map((match) => ({ served, path, match }));
    })
    .toSorted(({ match: a }, { match: b }) =>
      compareTemplates(a.entry.first.operation.path, b.entry.first.operation.path),
    );
}

export function unknownPath(raw: RawRequest, all: readonly Served[]): MockError {
  const vendors = all.map(({ vendor }) => vendor.name).join(', ');
  return new MockError(
    'unknown-path',
    `No vendor serves ${raw.path.slice(0, 200)}. Nearest: ${nearestPaths(raw.path, all).join(', ')}. To ask a vendor all the same send X-Mock-Vendor: one of ${vendors}.`,
  );
}

/** The operations whose paths are most similar, as `METHOD path`. */
export function nearestPaths(path: string, all: readonly Served[]): readonly string[] {
  const known = all.flatMap(({ spec }) =>
    spec.operations.map(({ operation }) => `${operation.method} ${operation.path}`),
  );
  return findNearest(path, known, 5);
}

type Match = { readonly entry: PathEntry; readonly parameters: Route['parameters'] };

/** Every matching path of the spec; the most concrete comes first. */
function lookUp({ vendor, paths }: Served, path: string): readonly Match[] {
  const fixed = paths.fixed.get(normalize(decodePath(path), vendor));
  const matches: Match[] = fixed ? [{ entry: fixed, parameters: {} }] : [];
  // A path without parameters wins. Only files without a vendor need the other matches.
  if (fixed && vendor.routing.prefixes.length > 0) return matches;
  // A vendor's server decodes the whole path before routing, including encoded slashes.
  const decoded = vendor.routing.prefixes.length > 0 ? decodePath(path) : decodeSegments(path);
  for (const { template, entry } of paths.patterns) {
    const parameters = template.match(decoded);
    if (parameters) matches.push({ entry, parameters });
  }
  return matches;
}

function toFound({ entry, parameters }: Match, method: string): Found {
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
  const patterns: PathPattern[] = [];
  for (const [template, group] of templates) {
    const [first] = group;
    if (!first) continue;
    const operations = new Map(group.map((found) => [found.operation.method, found]));
    const entry: PathEntry = { methods: [...operations.keys()], operations, first };
    if (template.includes('{')) {
      patterns.push({ template: compileTemplate(template, vendor.routing), entry });
    } else {
      fixed.set(normalize(decodePath(template), vendor), entry);
    }
  }
  const byConcreteness = patterns.toSorted((a, b) =>
    compareTemplates(a.template.text, b.template.text),
  );
  return { fixed, patterns: byConcreteness };
}

function normalize(path: string, { routing }: Vendor): string {
  const cased = routing.ignoreCase ? path.toLowerCase() : path;
  return routing.ignoreTrailingSlash && cased.length > 1 && cased.endsWith('/')
    ? cased.slice(0, -1)
    : cased;
}

/** Removes the prefix of a gateway or server. The prefix alone becomes `/`. */
function unmount(path: string, vendor: Vendor): string {
  for (const mount of vendor.routing.mounts) {
    const start = mount.includes('{') ? startLike(path, mount) : mount;
    const next = path.charAt(start.length);
    if (path.startsWith(start) && (next === '' || next === '/')) {
      return path.slice(start.length) || '/';
    }
  }
  return path;
}

/** The start of the path that matches the template `/{region}/api`. Without a match: the template, which starts no path. */
function startLike(path: string, mount: string): string {
  const start = path.split('/').slice(0, mount.split('/').length).join('/');
  return compileTemplate(mount, EXACTLY).match(start) ? start : mount;
}

/** Length of the vendor's prefix in the path; 0 if there is none. A prefix ends at the end of a segment. */
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

/** Percent-decodes the path. Returns an invalid path as sent, because no path of a spec matches it. */
function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
