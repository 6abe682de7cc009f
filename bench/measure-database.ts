/** Replicas on PostgreSQL, beside the same work by bare SQL (pgbench), and beside each other. */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { APPEND } from '../src/shared/postgres/journal-statements.ts';
import { CATCH_UP, COMMIT_NEXT } from '../src/store/drivers/postgres/statements.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { onCore } from './load/on-core.ts';
import { ratio, type Series } from './load/rounds.ts';
import { runLoad } from './load/run-load.ts';
import { startPeer, type Started } from './load/start-peer.ts';
import type { Pace } from './measure-own.ts';
import { ours } from './peers/ours.ts';
import { create, list, type Call } from './peers/peer.ts';
import { rate, table, verdict } from './report.ts';

const run = promisify(execFile);
const SCHEMA = 'license_mock';
/** pgbench writes what no replica could read, so it has a sandbox of its own. */
const SANDBOX = 'bare';
const CLIENTS = 16;
const BAR = 0.5;
const REPLICAS = 3;

/** `values`: long texts, by name. As variables they are sent each time, as a replica sends them; in the file, only once. */
type Script = { readonly file: string; readonly values: Readonly<Record<string, string>> };

type Way = { readonly name: string; readonly measure: (seconds: number) => Promise<number> };

export async function measureDatabase(pace: Pace): Promise<string> {
  const pgbench = findPgbench();
  if (pgbench === undefined) return '## On PostgreSQL\n\n- not measured, there is no pgbench\n';
  const database = await startPostgres();
  try {
    const { url } = database;
    const replica = (options: readonly string[] = []) =>
      startPeer(ours('a replica', { stored: 20, data: url, options }));
    const one = await replica();
    const scripts = await writeScripts(one, url);
    const others: Started[] = [];
    try {
      const beside = [
        await pairUp('create', pace, one, create, bare(pgbench, url, scripts.create)),
        await pairUp('list of 20', pace, one, list, bare(pgbench, url, scripts.list)),
      ];
      for (let i = 1; i < REPLICAS; i++) others.push(await replica());
      const all = [one, ...others];
      const many = [
        await spread('create', pace, all, create),
        await spread('list of 20', pace, all, list),
      ];
      return [
        '## On PostgreSQL',
        '',
        table(
          ['what', 'one replica, 1/s', 'pgbench, 1/s'],
          beside.map(({ row }) => row),
        ),
        ...beside.map(({ held }) => held),
        '',
        table(['what', `${REPLICAS} replicas, 1/s`, 'one, 1/s', 'ratio'], many),
        '',
      ].join('\n');
    } finally {
      for (const each of [one, ...others]) await each.stop();
    }
  } finally {
    await database.remove();
  }
}

async function pairUp(what: string, pace: Pace, { url }: Started, call: Call, other: Way) {
  const [first, second] = await takeTurns(pace, [
    { name: 'a replica', measure: (seconds) => runLoad(url, call, seconds) },
    other,
  ]);
  if (!first || !second) throw new Error('A pair is two.');
  return {
    row: [what, rate(first), rate(second)],
    held: verdict(`${what}, a replica ÷ the same statements by pgbench`, ratio(first, second), BAR),
  };
}

/** All share the machine's cores with the load and the database. */
async function spread(what: string, pace: Pace, all: readonly Started[], call: Call) {
  const [one] = all;
  if (!one) throw new Error('There is no replica.');
  const [first, second] = await takeTurns(pace, [
    {
      name: 'all',
      measure: async (seconds) => {
        const rates = await Promise.all(all.map(({ url }) => runLoad(url, call, seconds)));
        return rates.reduce((sum, each) => sum + each, 0);
      },
    },
    { name: 'one', measure: (seconds) => runLoad(one.url, call, seconds) },
  ]);
  if (!first || !second) throw new Error('A pair is two.');
  return [what, rate(first), rate(second), ratio(first, second).toFixed(2)];
}

async function takeTurns({ rounds, seconds }: Pace, ways: readonly Way[]): Promise<Series[]> {
  for (const { measure } of ways) await measure(seconds);
  const rates = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { measure }] of ways.entries()) rates[index]?.push(await measure(seconds));
  }
  return ways.map(({ name }, index) => ({ name, rates: rates[index] ?? [] }));
}

function bare(pgbench: string, url: string, { file, values }: Script): Way {
  const given = Object.entries(values).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
  const load = ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-j', '1', ...given, '-f', file];
  return {
    name: 'pgbench',
    async measure(seconds) {
      const [program = '', ...args] = onCore(1, [pgbench, ...load, '-T', String(seconds), url]);
      const { stdout } = await run(program, args);
      const tps = /tps = ([\d.]+)/.exec(stdout)?.[1];
      if (tps === undefined) throw new Error(`pgbench said: ${stdout}`);
      return Number(tps);
    },
  };
}

function findPgbench(): string | undefined {
  if (!spawnSync('pgbench', ['--version']).error) return 'pgbench';
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return undefined;
  return readdirSync(versions)
    .map((version) => path.join(versions, version, 'bin/pgbench'))
    .find((file) => existsSync(file));
}

/** The statements of a create and of a list, with values as long as those of a replica. */
async function writeScripts(
  { url }: Started,
  database: string,
): Promise<{ readonly create: Script; readonly list: Script }> {
  for (const { path: to, method, headers, body } of [create, list]) {
    const answer = await fetch(url + to, {
      method,
      headers: { ...headers, 'X-Mock-Sandbox': SANDBOX },
      ...(body !== undefined && { body }),
    });
    await answer.arrayBuffer();
  }
  const client = new Client({ connectionString: database });
  await client.connect();
  try {
    const read = async (text: string) =>
      (await client.query<Record<string, number | string>>(text)).rows;
    const rows = await read(
      `SELECT r.sandbox, r.collection, length(r.body) AS size FROM ${SCHEMA}.records r
       JOIN ${SCHEMA}.sandboxes s ON s.id = r.sandbox AND s.version = r.version WHERE s.name = '${SANDBOX}'`,
    );
    const entries = await read(
      `SELECT identity, e.operation, length(e.body) AS size, length(e.answer) AS answer FROM ${SCHEMA}.entries e
       JOIN ${SCHEMA}.journals j ON j.id = e.journal ORDER BY position DESC LIMIT 2`,
    );
    const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-pgbench-'));
    const all: Record<string, string> = {};
    /** A new variable with a text of this length. */
    const filler = (length: number): string => {
      const name = `text${Object.keys(all).length}`;
      all[name] = randomText(length);
      return `:${name}`;
    };
    const write = (name: string, lines: readonly string[]): Script => {
      const file = path.join(folder, `${name}.sql`);
      const script = `${lines.join('\n')}\n`;
      writeFileSync(file, script);
      const used = Object.entries(all).filter(
        ([each]) => script.includes(`:${each}]`) || script.includes(`:${each},`),
      );
      return { file, values: Object.fromEntries(used) };
    };
    const id = String(rows[0]?.['sandbox']);
    const ask = fill(CATCH_UP, [
      `ARRAY['${SANDBOX}']`,
      `ARRAY[${id}]::bigint[]`,
      `ARRAY[(SELECT version FROM ${SCHEMA}.sandboxes WHERE id = ${id})]`,
    ]);
    const change = fill(COMMIT_NEXT, [
      'NULL',
      texts(rows.map(({ collection }) => `'${collection}'`)),
      texts(rows.map((_, index) => `:n || '.${index}'`)),
      `ARRAY[${rows.map(() => 'false').join(', ')}]`,
      texts(rows.map(({ size }) => filler(Number(size)))),
      id,
      // Each one changes the version that it finds.
      'version',
    ]);
    const append = (operation: string) => {
      const entry = entries.find((each) => each['operation'] === operation);
      return fill(APPEND, [
        '0',
        `ARRAY['${SANDBOX}']`,
        `ARRAY['${entry?.['identity']}']`,
        `ARRAY[:n]::bigint[]`,
        texts([`:n || ''`]),
        `ARRAY['ibl']`,
        `ARRAY['${operation}']`,
        'ARRAY[200]',
        `ARRAY[${entry?.['size']}]`,
        texts([filler(Number(entry?.['size']))]),
        texts([filler(Number(entry?.['answer']))]),
      ]);
    };
    const number = '\\set n random(1, 1000000000000)';
    return {
      create: write('create', [number, ask, change, append('createProgramLicense')]),
      list: write('list', [number, ask, append('listProgramLicenses')]),
    };
  } finally {
    await client.end();
  }
}

/** On one line, because pgbench ends a statement with its line's semicolon. */
function fill(text: string, values: readonly string[]): string {
  const filled = text
    .replaceAll(/@([a-z]+)/g, `${SCHEMA}.$1`)
    .replaceAll(/\$(\d+)/g, (_, index: string) => values[Number(index) - 1] ?? 'NULL');
  return `${filled.replaceAll(/\s+/g, ' ').trim()};`;
}

function randomText(length: number): string {
  let text = '';
  while (text.length < length) text += Math.random().toString(36).slice(2);
  return text.slice(0, length);
}

function texts(values: readonly string[]): string {
  return `ARRAY[${values.join(', ')}]::text[]`;
}
