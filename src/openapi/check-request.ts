/** Prism as the judge of a request that a vendor has decoded and coerced. */
import { unescapePointer } from '../schema/json-schema.ts';
import type { Json } from '../messages/json.ts';
import type { Place, Query, RequestContent, Violation } from '../messages/message.ts';
import type { Operation, Route } from './operation.ts';
import type { SpecOperation } from './load-spec.ts';
import { validateBody, validateInput } from './prism-validators.ts';

/** What is shown is JSON, whatever it was; the length keeps Prism from refusing a media type by itself. */
const SHOWN = { 'content-type': 'application/json', 'content-length': '0' };
const IN = { body: 'body', query: 'query', header: 'header', path: 'path' } as const;
const MISSING = /must have required property '(.*)'/s;
const UNKNOWN = /must NOT have additional properties; found '(.*)'/s;

/** Every violation, in Prism's order: body, headers, query, path. Empty: the request fits its operation. */
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
  // Where there is none, Prism also looks at whether there has to be one.
  if (bodySchema && body) return validateBody(body, bodySchema, 'Input', resource);
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
 * Prism compares the names of parameters in lower case: to it `?perpage=5` is `perPage`. To a vendor that is another
 * parameter, so Prism does not get to see it.
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

/** The path as Prism's template matcher reads it. */
function fillPath({ operation, parameters }: Route): string {
  if (!operation.path.includes('{')) return operation.path;
  return operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
}

/** Prism names a missing or unknown property in the message only, and leaves pointers escaped. */
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

/** Prism puts the names of parameters in lower case; the spec's own spelling is what a client knows. */
function restoreCase(
  place: Place['in'],
  [name, ...rest]: Place['path'],
  { operation, parameters }: Route,
): Place['path'] {
  if (name === undefined) return [];
  const known = place === 'query' ? operation.query : place === 'path' ? parameters : {};
  return [Object.keys(known).find((each) => each.toLowerCase() === name) ?? name, ...rest];
}

/** Text segments to names and indexes, by what the value holds. */
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
