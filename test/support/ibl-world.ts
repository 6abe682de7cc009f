/** ibl without HTTP: a memory store, a fixed clock, and the steps of a request from decoding to the handler. */
import path from 'node:path';
import type { Problem } from '../../src/frameworks/framework.ts';
import type { JsonObject } from '../../src/messages/json.ts';
import type { HttpRequest, Reply } from '../../src/messages/message.ts';
import { loadSpec } from '../../src/openapi/load-spec.ts';
import type { Route } from '../../src/openapi/operation.ts';
import { ibl } from '../../src/vendors/ibl/ibl.ts';
import { kinds, type Kind } from '../../src/vendors/ibl/kinds.ts';
import { openContext, openVendorWorld, type WorldOptions } from './vendor-world.ts';

export { NOW } from './vendor-world.ts';
export type IblOptions = WorldOptions;

const specs = path.join(import.meta.dirname, '../../specs');
const { operations } = await loadSpec('ibl', path.join(specs, 'ibl.yaml'));

export function kindOf(name: string): Kind {
  const found = kinds.find((kind) => kind.name === name);
  if (!found) throw new Error(`No kind of license is named ${name}.`);
  return found;
}

export function routeOf(operationId: string): Route {
  const found = operations.find(({ operation }) => operation.id === operationId);
  if (!found) throw new Error(`The spec has no operation ${operationId}.`);
  return { operation: found.operation, methods: [found.operation.method], parameters: {} };
}

/** A request as the pipeline reads it. */
export function requestOf(parts: Partial<Omit<HttpRequest, 'body'>> & { body?: string | Buffer }) {
  const { body = '', headers = {}, ...rest } = parts;
  return {
    method: 'POST',
    path: '/api/catalog/licenses/program/create/',
    query: '',
    baseUrl: 'http://localhost',
    ...rest,
    headers: {
      authorization: 'Api-Token dm-admin',
      'content-type': 'application/json',
      ...headers,
    },
    body: Buffer.from(body),
  } satisfies HttpRequest;
}

/** The context of framework and vendor, which collects what they report. Rows have full names. */
export function contextOf(options: IblOptions = {}) {
  const { context, notes } = openContext(ibl, options);
  return { context, warnings: notes.warnings, notes: notes.ledger };
}

export async function openIblWorld(options: IblOptions = {}) {
  const { store, run } = await openVendorWorld(ibl, options);

  /** Runs the steps from decoding to the handler, without Prism's checks and without rolling back refusals. */
  const ask = async (
    operationId: string,
    parts: { body?: JsonObject; query?: string; token?: string },
  ) => {
    const { context, warnings, notes } = contextOf(options);
    const route = routeOf(operationId);
    const http = requestOf({
      method: route.operation.method,
      path: route.operation.path,
      query: parts.query ?? '',
      headers: { authorization: `Api-Token ${parts.token ?? 'dm-admin'}` },
      ...(parts.body && { body: JSON.stringify(parts.body) }),
    });
    const { framework, handlers } = ibl;
    const { reading, problem, reply } = await framework.read(framework.open(http, route), context);
    const refused = problem ?? reply;
    if (refused) return { answer: refused, warnings, notes };
    const { sent, identity } = reading;
    if (!sent || !identity) throw new Error('The framework did not read the request.');
    const content = framework.coerce(sent, reading, context);
    const answer = await run(async (world): Promise<Reply | Problem> => {
      const given = await handlers[operationId]?.({ ...content, http, route, identity }, world);
      if (!given) throw new Error(`${operationId} has no handler.`);
      return given;
    }, context);
    return { answer, warnings, notes };
  };
  return { store, run, ask };
}
