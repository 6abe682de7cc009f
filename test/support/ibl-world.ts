/** ibl without HTTP: a memory store, a fixed clock, and the steps of a request from decoding to the handler. */
import path from 'node:path';
import { loadLedger } from '../../src/ledger/ledger.ts';
import { loadSpec } from '../../src/openapi/load-spec.ts';
import { fakerFor } from '../../src/faker/faker.ts';
import { createLowdbStore } from '../../src/store/drivers/lowdb/lowdb-store.ts';
import type { IblConfig } from '../../src/vendors/ibl/credentials.ts';
import { ibl } from '../../src/vendors/ibl/ibl.ts';
import type { Context, Problem } from '../../src/frameworks/framework.ts';
import type { JsonObject } from '../../src/messages/json.ts';
import type { HttpRequest, Reply, Warning } from '../../src/messages/message.ts';
import type { Route } from '../../src/openapi/operation.ts';
import type { World } from '../../src/vendors/vendor.ts';

const specs = path.join(import.meta.dirname, '../../specs');
const { operations } = await loadSpec('ibl', path.join(specs, 'ibl.yaml'));
const { defaults, rows } = loadLedger(path.join(specs, 'ledger.yaml'));

export const NOW = Date.parse('2026-11-21T09:30:00.250Z');

export type IblOptions = {
  readonly section?: JsonObject;
  readonly settings?: Readonly<Record<string, string>>;
  readonly seed?: number;
  readonly now?: number;
};

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
export function contextOf({ section = {}, settings = {}, now = NOW }: IblOptions = {}) {
  const warnings: Warning[] = [];
  const notes = new Set<string>();
  const context: Context<IblConfig> = {
    now,
    profile: 'wire',
    config: ibl.scenario.configure(section),
    choose(name) {
      const row = fullRow(name);
      notes.add(row);
      const choice = settings[row] ?? defaults[row];
      if (choice === undefined) throw new Error(`The ledger has no row ${row} with choices.`);
      return choice;
    },
    note: (name) => void notes.add(fullRow(name)),
    warn: (warning) => void warnings.push(warning),
    meter: () => ({ used: 1, resetsAt: now }),
  };
  return { context, warnings, notes };
}

/** A framework leaves out its vendor's prefix. */
function fullRow(name: string): string {
  const row = name.startsWith(`${ibl.ledgerPrefix}-`) ? name : `${ibl.ledgerPrefix}-${name}`;
  if (!rows.some(({ id }) => id === row)) throw new Error(`The ledger has no row ${row}.`);
  return row;
}

export async function openIblWorld(options: IblOptions = {}) {
  const { seed = 1 } = options;
  const store = await createLowdbStore({
    data: 'memory',
    durability: 'process',
    collections: ibl.collections,
    log: (_level, message) => {
      throw new Error(message);
    },
  });
  const run = <T>(
    work: (world: World<IblConfig>) => Promise<T>,
    context = contextOf(options).context,
  ) =>
    store.transact('test', ({ in: records }) =>
      work({ ...context, in: records, seed, faker: (id) => fakerFor(seed, id) }),
    );
  await run((world) => ibl.scenario.plant(options.section ?? {}, world));

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
