/**
 * Replicas and their database are killed under load of all vendors: nothing that was acknowledged is lost, nothing is
 * there twice, no unique value and no seat is given twice. `npm run faults` does it 200 times, or `FAULT_ROUNDS` times.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenUrl, startPostgres, type OwnPostgres } from '../support/postgres.ts';
import { createRandom, seed } from '../support/random.ts';
import { startReplicas, type Replicas } from '../support/replicas.ts';
import type { Attempt } from './load.ts';
import { playRound } from './round.ts';

const { FAULT_ROUNDS, npm_lifecycle_event: script } = process.env;
const ROUNDS = Number(FAULT_ROUNDS ?? (script === 'faults' ? 200 : 4));
const REPLICAS = 3;
const ROUND_LIMIT_MS = 60_000;

let postgres: OwnPostgres;
let replicas: Replicas;
const random = createRandom();

const kinds: Readonly<Record<string, () => Promise<void>>> = {
  async 'a replica'() {
    const index = Math.floor(random() * REPLICAS);
    await replicas.kill(index);
    await replicas.start(index);
  },
  async 'the database'() {
    await postgres.kill();
    await postgres.start();
  },
  async 'a replica and the database'() {
    const index = Math.floor(random() * REPLICAS);
    await Promise.all([replicas.kill(index), postgres.kill()]);
    await postgres.start();
    await replicas.start(index);
  },
  async all() {
    const indexes = Array.from({ length: REPLICAS }, (_, index) => index);
    await Promise.all([postgres.kill(), ...indexes.map((index) => replicas.kill(index))]);
    await postgres.start();
    await Promise.all(indexes.map((index) => replicas.start(index)));
  },
};

beforeAll(async () => {
  if (givenUrl !== undefined) return;
  postgres = await startPostgres();
  const quiet = ['--scenario', 'empty', '--log-level', 'silent', '--journal-size', '20000'];
  replicas = await startReplicas({ count: REPLICAS, args: ['--data', postgres.url, ...quiet] });
});
afterAll(async () => {
  await replicas?.stop();
  await postgres?.remove();
});

it.skipIf(givenUrl !== undefined)(
  `loses and doubles nothing in ${ROUNDS} rounds of killing replicas and the database`,
  async () => {
    const names = Object.keys(kinds);
    const counts: Record<string, number> = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = names[round % names.length] ?? '';
      const { attempts, faults } = await playRound({
        urls: replicas.urls,
        servers: replicas.urls,
        sandbox: `round-${round}`,
        random,
        fault: async () => {
          await kinds[name]?.();
          await replicas.ready();
        },
      });
      expect(faults, `round ${round}, killed: ${name}, TEST_SEED=${seed}`).toEqual([]);
      for (const each of attempts) count(counts, each);
    }
    process.stdout.write(`${ROUNDS} rounds of killing: ${JSON.stringify(counts)}\n`);
    // The load did what it is for: much was done, and some was cut off.
    expect(counts).toMatchObject({ done: expect.any(Number), unknown: expect.any(Number) });
    expect(counts['done']).toBeGreaterThan(ROUNDS * 30);
  },
  ROUNDS * ROUND_LIMIT_MS,
);

function count(counts: Record<string, number>, { kind, ended }: Attempt): void {
  for (const key of [ended, `${kind} ${ended}`]) counts[key] = (counts[key] ?? 0) + 1;
}
