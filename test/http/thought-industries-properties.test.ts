/** What holds for any sequence of licenses. Prints its seed where it fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { create, licenseOf, newLicense, post } from '../support/thought-industries-client.ts';
import { runs } from '../support/runs.ts';

const uuid = (kind: number, number: number) =>
  `${String(kind).repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;
const clientIds = [1, 2].map((number) => uuid(1, number));
const idsOf = (kind: number) =>
  fc.array(
    fc.nat({ max: 5 }).map((number) => uuid(kind, number)),
    { maxLength: 4 },
  );

const LISTS = [
  ['courseIds', 'replaceCourseIds', 'courses'],
  ['learningPathIds', 'replaceLearningPathIds', 'learningPaths'],
  ['courseTagIds', 'replaceCourseTagIds', 'courseTags'],
] as const;

const sequence = fc.array(
  fc.record(
    {
      clientId: fc.constantFrom(...clientIds),
      name: fc.string({ minLength: 1 }),
      courseIds: idsOf(2),
      learningPathIds: idsOf(3),
      courseTagIds: idsOf(4),
      replaceCourseIds: fc.boolean(),
      replaceLearningPathIds: fc.boolean(),
      replaceCourseTagIds: fc.boolean(),
      isDefault: fc.boolean(),
    },
    { requiredKeys: ['clientId', 'name', 'courseIds', 'learningPathIds', 'courseTagIds'] },
  ),
  { minLength: 1, maxLength: 8 },
);

describe('append and replace', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it('equal a set for each client and list', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(sequence, async (requests) => {
        run += 1;
        const sandbox = { 'x-mock-sandbox': `run-${run}` };
        const sets = new Map<string, Set<string>>();
        const primary = new Map<string, string>();
        for (const request of requests) {
          const license = licenseOf(await post(server, request, sandbox));
          const { client } = license;
          if (request.isDefault) primary.set(request.clientId, license.id);
          expect(client.primaryLicense?.id).toBe(primary.get(request.clientId));
          for (const [list, replace, content] of LISTS) {
            const name = `${request.clientId} ${list}`;
            const before = request[replace] === true ? [] : (sets.get(name) ?? []);
            const after = new Set([...before, ...request[list]]);
            sets.set(name, after);
            expect(client[list]).toEqual([...after]);
            expect(client[content].map(({ id }) => id)).toEqual([...after]);
            expect(license[list]).toEqual([...new Set(request[list])]);
          }
        }
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('TI-MADE-CONTENT: the same id looks the same', () => {
  const content = {
    courseIds: [uuid(2, 1)],
    learningPathIds: [uuid(3, 1)],
    courseTagIds: [uuid(4, 1)],
  };
  const clientId = uuid(1, 1);
  const clock = '2026-11-21T09:30:00Z';

  /** What does not follow from the license itself. */
  async function look(server: TestServer, fields: object = {}) {
    const { client } = await create(server, { ...content, clientId, ...fields });
    const { courses, learningPaths, courseTags, name, slug, sku, createdAt } = client;
    const find = (items: readonly Readonly<Record<string, unknown>>[], id: string | undefined) =>
      items.find((item) => item['id'] === id);
    return {
      course: find(courses, content.courseIds[0]),
      path: find(learningPaths, content.learningPathIds[0]),
      tag: find(courseTags, content.courseTagIds[0]),
      client: { name, slug, sku, createdAt },
    };
  }

  it('in every answer, among others, for every client', async () => {
    const server = await startTestServer();
    const first = await look(server);
    expect(await look(server, { courseIds: [uuid(2, 9), uuid(2, 1)] })).toEqual(first);
    const other = await look(server, { clientId: uuid(1, 2) });
    expect({ ...other, client: first.client }).toEqual(first);
    expect(other.client).not.toEqual(first.client);
    const license = await create(server, { ...content, clientId });
    expect(license.courses[0]).toEqual(first.course);
    await server.stop();
  });

  it('with the same seed, byte by byte, whatever the clock shows; not with another', async () => {
    const options = [
      { clock },
      { clock },
      { clock: '2019-01-01T00:00:00Z' },
      { clock, options: { seed: '2' } },
    ];
    const servers = await Promise.all(options.map((each) => startTestServer(each)));
    const [one, same, past, reseeded] = await Promise.all(servers.map((server) => look(server)));
    expect(same).toEqual(one);
    expect(past).toEqual(one);
    expect(reseeded).not.toEqual(one);
    const [a, b] = await Promise.all(
      servers.slice(0, 2).map((server) => post(server, newLicense({ ...content, clientId }))),
    );
    expect(a?.text).toBe(b?.text);
    await Promise.all(servers.map((server) => server.stop()));
  });

  it('after a restart, and so do the lists of a client', async () => {
    const data = mkdtempSync(path.join(tmpdir(), 'thought-industries-'));
    const before = await startTestServer({ data });
    const first = await look(before);
    const parent = await create(before, { clientId, isDefault: true });
    await before.stop();
    const after = await startTestServer({ data });
    expect(await look(after, { courseIds: [] })).toEqual(first);
    const child = await create(after, { clientId, parentLicenseId: parent.id });
    expect(child.client.primaryLicense?.id).toBe(parent.id);
    expect(child.id).not.toBe(parent.id);
    await after.stop();
    rmSync(data, { recursive: true });
  });

  it('is what a scenario says of it', async () => {
    const server = await startTestServer({
      scenario: `
thought-industries:
  clients: [{ id: ${clientId}, name: Northwind, sku: CL-1 }]
  courses: [{ id: ${uuid(2, 1)}, title: Keeping Bees, priceInCents: 4200 }]
  learningPaths: [{ id: ${uuid(3, 1)}, name: Beekeeper, publishDate: now-30d }]
  courseTags: [{ id: ${uuid(4, 1)}, label: Insects }]
`,
      clock,
    });
    expect(await look(server)).toMatchObject({
      course: { title: 'Keeping Bees', slug: 'keeping-bees', priceInCents: 4200 },
      path: { name: 'Beekeeper', slug: 'beekeeper', publishDate: '2026-10-22T09:30:00.000Z' },
      tag: { label: 'Insects' },
      client: { name: 'Northwind', slug: 'northwind', sku: 'CL-1' },
    });
    await server.stop();
  });
});
