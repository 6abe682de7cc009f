/** Checks a request that a framework has decoded and coerced, with Prism. */
import { unescapePointer } from '../schema/json-schema.ts';
import type { Json } from '../messages/json.ts';
import type { Place, Query, RequestContent, Violation } from '../messages/message.ts';
import type { Operation, Route } from './operation.ts';
import type { SpecOperation } from './spec.ts';
import { fitsWithoutBody, validateBody, validateInput } from './prism-validators.ts';

/** Prism is given JSON, whatever was sent. The length of 0 keeps Prism from refusing the media type. */
const SHOWN = { 'content-type': 'application/json', 'content-length': '0' };
const IN = { body: 'body', query: 'query', header: 'header', path: 'path' } as const;
const MISSING = /must have required property '(.*)'/s;
const UNKNOWN = /must NOT have additional properties; found '(.*)'/s;

/** Returns every violation in Prism's order: body, headers, query, path. Empty if the request is valid. */
export function checkRequest(
  spec: SpecOperation,
  route: Route,
  content: RequestContent,
  headers: Readonly<Record<string, string>>,
): readonly Violation[] {
  return findFaults(spec, route, content, headers).map((found) =>
    toViolation(found.path ?? [], String(found.code ?? ''), found.message, {
      route,
      body: content.body,
    }),
  );
}

function findFaults(
  { prism: resource, bodySchema, operation }: SpecOperation,
  route: Route,
  { body, query }: RequestContent,
  headers: Readonly<Record<string, string>>,
) {
  // Without a body, Prism also checks whether one is required.
  if (bodySchema && body) return validateBody(body, bodySchema, 'Input', resource);
  const hasBody = body !== undefined && body !== null;
  if (!hasBody && fitsWithoutBody(resource, query, route.parameters)) return [];
  const checked = validateInput({
    resource,
    element: {
      method: resource.method as 'get',
      url: { path: fillPath(route), query: withoutMisspelt(query, operation) },
      headers: resource.request?.headers ? { ...headers, ...SHOWN } : SHOWN,
      body,
    },
  });
  return checked._tag === 'Left' ? checked.left : [];
}

/**
 * Prism ignores the letter case of parameter names: it reads `?perpage=5` as `perPage`. For a vendor, these are different
 * parameters, so misspelt ones are removed before Prism checks the query.
 */
function withoutMisspelt(
  query: Query,
  { query: documented }: Operation,
): Record<string, string | string[]> {
  const isMisspelt = (name: string) =>
    !Object.hasOwn(documented, name) &&
    Object.keys(documented).some((each) => each.toLowerCase() === name.toLowerCase());
  return Object.fromEntries(
    Object.entries(query)
      .filter(([name]) => !isMisspelt(name))
      .map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}

/** The path in the form that Prism's template matcher reads. */
function fillPath({ operation, parameters }: Route): string {
  if (!operation.path.includes('{')) return operation.path;
  return operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
}

/** Prism names a missing or unknown property only in the message, and leaves pointers escaped. */
function toViolation(
  where: readonly (string | number)[],
  keyword: string,
  message: string,
  { route, body }: { readonly route: Route; readonly body: Json | undefined },
): Violation {
  const [root = 'body', ...segments] = where.map(String);
  const place = IN[root as keyof typeof IN] ?? 'body';
  const path = place === 'body' ? resolvePath(segments, body) : segments;
  const named = (keyword === 'required' && MISSING.exec(message)) || UNKNOWN.exec(message);
  const whole = named?.[1] === undefined ? path : [...path, named[1]];
  return { in: place, path: restoreCase(place, whole, route), keyword, message };
}

/** Prism reports parameter names in lower case. This restores the spelling of the spec, which clients know. */
function restoreCase(
  place: Place['in'],
  [name, ...rest]: Place['path'],
  { operation, parameters }: Route,
): Place['path'] {
  if (name === undefined) return [];
  const known = place === 'query' ? operation.query : place === 'path' ? parameters : {};
  return [Object.keys(known).find((each) => each.toLowerCase() === name) ?? name, ...rest];
}

/** Converts text segments to names and indexes, depending on the value. */
function resolvePath(segments: readonly string[], body: Json | undefined): Place['path'] {
  const path: (string | number)[] = [];
  let value: Json | undefined = body;
  for (const segment of segments.map(unescapePointer)) {
    if (Array.isArray(value)) {
      path.push(Number(segment));
      value = value[Number(segment)];
    } else {
      path.push(segment);
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, segment)
          ? value[segment]
          : undefined;
    }
  }
  return path;
}
