/** Snapshots: what is asked after a restore gets the same bytes each time. fast-check prints its seed. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control, sandboxUrl } from '../support/control-client.ts';
import { createLicense, listLicenses } from '../support/ibl-client.ts';
import { operations, performAll, type Operation } from '../support/random-operations.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { runs } from '../support/runs.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const AT = '/sandboxes/kept/snapshots';
beforeEach(async () => {
  await control(server.url, 'PUT /sandboxes/kept', { clock: '2026-01-01T00:00:00Z', seed: 3 });
});
const url = () => sandboxUrl(server.url, 'kept');
const names = async () =>
  ((await control(server.url, `GET ${AT}`)).body['snapshots'] as { name: string }[]).map(
    ({ name }) => name,
  );

it('what is asked after a restore gets the same bytes each time', async () => {
  const unlike = ({ kind }: Operation) => !['snapshot', 'restore', 'reset'].includes(kind);
  const some = operations.map((list) => list.filter(unlike));
  await fc.assert(
    fc.asyncProperty(some, some, some, async (before, between, after) => {
      await control(server.url, 'PUT /sandboxes/zz-kept', { clock: '2026-01-01T00:00:00Z' });
      await performAll(server.url, 'zz-kept', before);
      await control(server.url, 'PUT /sandboxes/zz-kept/snapshots/point');
      await control(server.url, 'POST /sandboxes/zz-kept/snapshots/point/restore');
      const first = await performAll(server.url, 'zz-kept', after);
      await performAll(server.url, 'zz-kept', between);
      await control(server.url, 'POST /sandboxes/zz-kept/snapshots/point/restore');
      const again = await performAll(server.url, 'zz-kept', after);
      expect(again.map(withoutId)).toEqual(first.map(withoutId));
    }),
    { numRuns: runs(15) },
  );
});

/** The journal goes on, and so do the ids of requests. */
function withoutId(text: string): string {
  return text.replace(/SANDBOX-\d+/, '');
}

describe('a snapshot', () => {
  it('holds records, counters, clock, seed, settings and overrides', async () => {
    const settings = { 'IBL-PAGE-SIZE': 2 };
    await control(server.url, 'PUT /sandboxes/kept', {
      clock: '2026-01-01T00:00:00Z',
      seed: 9,
      settings,
      profile: 'strict',
      scenario: 'demo',
    });
    await control(server.url, 'POST /sandboxes/kept/overrides', {
      operation: 'createProgramLicense',
      when: { call: 2 },
      effect: { reply: { error: 'conflict' } },
    });
    const before = (await control(server.url, 'GET /sandboxes/kept')).body;
    const taken = await control(server.url, `PUT ${AT}/full`);
    expect(taken.status).toBe(201);
    expect(taken.body).toEqual({
      name: 'full',
      takenAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
      scenario: 'demo',
      seed: 9,
      clock: { mode: 'frozen', now: '2026-01-01T00:00:00.000Z' },
      records: before['records'],
    });
    await createLicense(url(), { external_id: 'later' });
    await control(server.url, 'POST /sandboxes/kept/clock/advance', { by: 'P1Y' });
    await control(server.url, 'DELETE /sandboxes/kept/overrides');
    await control(server.url, 'PUT /sandboxes/kept/state', { seed: 1 });
    const restored = await control(server.url, `POST ${AT}/full/restore`);
    expect(restored.status).toBe(200);
    expect(restored.body).toEqual(before);
    expect((await control(server.url, 'GET /sandboxes/kept/overrides')).body).toMatchObject({
      overrides: [{ id: '1', calls: 0, hits: 0 }],
    });
    const program = { program_key: 'program-v1:acme+bar-exam+2026' };
    const { id } = (await (await createLicense(url(), program)).json()) as { id: number };
    expect(id).toBe(43);
    expect((await createLicense(url(), program)).headers.get('x-mock-override')).toBe('1');
  });

  it('is listed, looked at, taken anew and removed', async () => {
    await control(server.url, `PUT ${AT}/b`);
    const first = await control(server.url, `PUT ${AT}/a`);
    expect(await names()).toEqual(['a', 'b']);
    await createLicense(url());
    const second = await control(server.url, `PUT ${AT}/a`);
    expect(second.status).toBe(200);
    expect(first.body).toMatchObject({ records: { 'ibl.program-licenses': 0 } });
    expect(second.body).toMatchObject({ records: { 'ibl.program-licenses': 1 } });
    expect((await control(server.url, `GET ${AT}/a`)).body).toEqual(second.body);
    expect((await control(server.url, `DELETE ${AT}/a`)).status).toBe(204);
    expect(await names()).toEqual(['b']);
  });

  it('is not lost by a restore, nor is one that was taken later', async () => {
    await control(server.url, `PUT ${AT}/first`);
    await control(server.url, `PUT ${AT}/second`);
    await control(server.url, `POST ${AT}/first/restore`);
    expect(await names()).toEqual(['first', 'second']);
    await control(server.url, `POST ${AT}/second/restore`);
    expect(await names()).toEqual(['first', 'second']);
  });

  it('leaves the journal alone', async () => {
    await control(server.url, `PUT ${AT}/point`);
    await listLicenses(url());
    await control(server.url, `POST ${AT}/point/restore`);
    await listLicenses(url());
    const { body } = await control(server.url, 'GET /sandboxes/kept/journal');
    expect(body['entries']).toMatchObject([{ id: 'kept-2' }, { id: 'kept-1' }]);
  });

  it.each(['GET', 'DELETE', 'POST'] as const)('that is not there is a 404 for %s', async (call) => {
    await control(server.url, `PUT ${AT}/there`);
    const path = call === 'POST' ? `${AT}/nope/restore` : `${AT}/nope`;
    const answer = await control(server.url, `${call} ${path as '/'}`);
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      type: '/_mock/errors/no-such-snapshot',
      detail: expect.stringContaining('It has: there.'),
    });
  });

  it.each(['Upper', '-a', 'a_b', 'a'.repeat(65)])('is not named %s', async (name) => {
    const answer = await control(server.url, `PUT ${AT}/${name}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ parameter: 'snapshot' });
    expect(await names()).toEqual([]);
  });

  it('is one of at most 50', async () => {
    for (let i = 0; i < 50; i += 1) {
      expect((await control(server.url, `PUT ${AT}/s${i}`)).status).toBe(201);
    }
    const full = await control(server.url, `PUT ${AT}/one-more`);
    expect(full.status).toBe(507);
    expect(full.body).toMatchObject({ type: '/_mock/errors/too-many-snapshots' });
    expect((await control(server.url, `PUT ${AT}/s7`)).status).toBe(200);
    await control(server.url, `DELETE ${AT}/s7`);
    expect((await control(server.url, `PUT ${AT}/one-more`)).status).toBe(201);
  });
});

it('who asks while a snapshot is restored sees one world or the other, never a part', async () => {
  await control(server.url, 'PUT /sandboxes/kept', { scenario: 'empty' });
  await control(server.url, `PUT ${AT}/nothing`);
  await control(server.url, 'PUT /sandboxes/kept/state', {
    ibl: { licenses: [{ generate: 30, platform_key: 'acme' }] },
  });
  await control(server.url, `PUT ${AT}/thirty`);
  const over = new AbortController();
  const seen = new Set<number>();
  const readers = Array.from({ length: 4 }, async () => {
    while (!over.signal.aborted) {
      const answer = await listLicenses(url());
      expect(answer.status).toBe(200);
      seen.add(((await answer.json()) as { count: number }).count);
    }
  });
  for (let round = 0; round < 20; round += 1) {
    const name = round % 2 === 0 ? 'nothing' : 'thirty';
    expect((await control(server.url, `POST ${AT}/${name}/restore`)).status).toBe(200);
  }
  over.abort();
  await Promise.all(readers);
  expect([...seen].toSorted()).toEqual([0, 30]);
});
