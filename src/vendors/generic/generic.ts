/**
 * Stands in for the vendor of an OpenAPI file that comes without a vendor folder: every operation is
 * answered by Prism's mocker, every refusal is our own problem document, since such a spec documents none.
 */
import { MockError } from '../../errors.ts';
import type { Framework, Problem, Reading, ReadResult } from '../../frameworks/framework.ts';
import type { Json } from '../../messages/json.ts';
import type { Encoded, HttpRequest, Query, Reply, Violation } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import type { Vendor } from '../vendor.ts';

/** `paths`: the spec's path templates; the vendor claims what precedes their first parameter. */
export function createGenericVendor(name: string, paths: readonly string[]): Vendor {
  return {
    name,
    title: name,
    routing: {
      prefixes: paths.map((path) => path.split('{')[0] ?? path),
      mounts: [],
      ignoreCase: false,
      ignoreTrailingSlash: false,
    },
    collections: [],
    handlers: {},
    scenario: {
      lists: {},
      schema: { type: 'object', additionalProperties: false },
      starter: '{}',
      configure: () => ({}),
      plant: async () => {},
      describe: async () => ({}),
    },
    ledgerPrefix: name.toUpperCase(),
    framework,
    introduce: () => ({ credentials: ['none needed'], example: undefined }),
  };
}

const framework: Framework = {
  rows: [],
  open: (http, route) => ({
    http,
    route,
    identity: undefined,
    sent: undefined,
    content: undefined,
  }),
  read,
  coerce: (sent) => sent,
  render: (problem, { http }) => refuse(problem, http),
  encode,
  readReply: () => undefined,
};

const ANONYMOUS = { name: 'anonymous', role: 'anyone', scope: undefined };

function read(reading: Reading): ReadResult {
  const { http, route } = reading;
  if (!route) return { reading, problem: { problem: 'unknown-path' } };
  const isOffered =
    route.methods.includes(http.method) ||
    (http.method === 'HEAD' && route.methods.includes('GET'));
  if (!isOffered) {
    return { reading, problem: { problem: 'wrong-method', methods: route.methods } };
  }
  const sent = { query: readQuery(http.query), body: readBody(http, route) };
  return { reading: { ...reading, identity: ANONYMOUS, sent } };
}

function readQuery(query: string): Query {
  const values = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(values.keys())].map((name) => {
      const all = values.getAll(name);
      return [name, all.length > 1 ? all : (all[0] ?? '')];
    }),
  );
}

function readBody({ headers, body }: HttpRequest, { operation }: Route): Json | undefined {
  if (body.length === 0) return undefined;
  const mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (operation.consumes.length > 0 && !operation.consumes.includes(mediaType)) {
    throw new MockError(
      'unsupported-media-type',
      `${operation.id} takes ${operation.consumes.join(', ')}, not "${mediaType}".`,
    );
  }
  const text = body.toString('utf8');
  if (mediaType === 'application/x-www-form-urlencoded') {
    return Object.fromEntries(new URLSearchParams(text));
  }
  if (!/[/+]json$/.test(mediaType)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new MockError('bad-request', `The body is no JSON: ${String(cause)}`, { cause });
  }
}

function refuse(problem: Problem, http: HttpRequest): never {
  switch (problem.problem) {
    case 'unknown-path':
      throw new MockError('unknown-path', `The spec has no path ${http.path}.`);
    case 'wrong-method':
      throw new MockError(
        'wrong-method',
        `${http.path} offers ${problem.methods.join(', ')}, not ${http.method}.`,
      );
    case 'too-large':
      throw new MockError(
        'too-large',
        `The body is longer than ${problem.limitBytes} bytes; see --body-limit.`,
      );
    case 'invalid':
      throw new MockError('invalid-request', problem.violations.map(describeViolation).join(' '));
    default:
      throw new MockError('handler-crashed', `The mock could not answer: ${problem.problem}.`);
  }
}

function describeViolation({ in: place, path, message }: Violation): string {
  return `${[place, ...path].join('.')}: ${message}.`;
}

function encode({ headers = {}, body }: Reply): Encoded {
  if (body === undefined) return { headers, body: '' };
  return {
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}
