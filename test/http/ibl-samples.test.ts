/** The three JSON samples of the vendor's pages, replayed: create, update, list. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonOf } from '../support/json.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const created = {
  id: 123,
  created: '2023-06-15T14:30:00Z',
  started: '2023-06-15T14:30:00Z',
  expired: null,
  name: 'Program License 2023',
  count: 100,
  active: true,
  metadata: {},
  source: 'source',
  external_id: 'ext-123',
  platform_key: 'platform1',
  program_id: 'program-v1:org+program+run',
};
const updated = {
  ...created,
  expired: '2024-06-15T14:30:00Z',
  name: 'Updated Program License 2023',
  count: 150,
  metadata: { updated: true },
  source: 'updated-source',
};
const listed = { ...created, assignments: { total: 50, active: 45, pending: 5 } };

/** What the field table has and the samples lack, in the table's order after program_id. */
const beyond = {
  program_key: 'program-v1:org+program+run',
  program_name: 'Program',
  usage_count: 0,
};

const headers = { authorization: 'Api-Token dm-admin', 'content-type': 'application/json' };
const root = '/api/catalog/licenses/program/';

/** So that the next license has the sample's number and time. */
const scenario = `
ibl:
  programs: [{ key: program-v1:org+program+run, name: Program, platform: platform1 }]
  licenses:
    - id: 122
      platform_key: platform1
      program_key: program-v1:org+program+run
      name: Before it
      count: 1
`;

describe('create, then update', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ scenario, clock: '2023-06-15T14:30:00Z' });
  });
  afterAll(() => server.stop());

  const post = (path: string, body: object) =>
    fetch(server.url + root + path, { method: 'POST', headers, body: JSON.stringify(body) });

  it('IBL-SAMPLE-FIELDS: answers the sample of create, with the rest of the field table', async () => {
    const answer = await post('create/', {
      platform_key: created.platform_key,
      program_key: beyond.program_key,
      name: created.name,
      count: created.count,
      started: created.started,
      expired: created.expired,
      external_id: created.external_id,
      source: created.source,
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-mock-warnings')).toBeNull();
    expect(await answer.text()).toBe(JSON.stringify({ ...created, ...beyond }));
  });

  it('answers the sample of update', async () => {
    const answer = await post('update/', {
      license_id: updated.id,
      expired: updated.expired,
      name: updated.name,
      count: updated.count,
      metadata: updated.metadata,
      source: updated.source,
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(JSON.stringify({ ...updated, ...beyond }));
  });
});

describe('list', () => {
  const licenses = Array.from({ length: 10 }, (_, i) => {
    const common = '{ platform_key: platform1, program_key: program-v1:org+program+run';
    return i < 9
      ? `    - ${common}, id: ${114 + i}, name: Other, count: 1 }`
      : `    - ${common}, id: 123, name: Program License 2023, count: 100, source: source, external_id: ext-123, assignments: { active: 45, pending: 5 } }`;
  });
  const text = `
ibl:
  programs: [{ key: program-v1:org+program+run, name: Program, platform: platform1 }]
  licenses:
${licenses.join('\n')}
`;

  it('answers the sample, whose assignments need a verbose list', async () => {
    const server = await startTestServer({
      scenario: text,
      clock: '2023-06-15T14:30:00Z',
      settings: { 'IBL-PAGE-LINKS': 'drf', 'IBL-PAGE-SIZE': '5' },
    });
    const answer = await fetch(`${server.url}${root}?verbose=true`, { headers });
    const { results, ...page } = await jsonOf<{ results: object[] }>(answer);
    expect(page).toEqual({
      count: 10,
      next: `${server.url}${root}?page=2&verbose=true`,
      previous: null,
    });
    const { assignments, ...rest } = listed;
    const whole = { ...rest, ...beyond, usage_count: 50, assignments };
    expect(JSON.stringify(results[0])).toBe(JSON.stringify(whole));

    const plain = await jsonOf<{ next: string }>(await fetch(server.url + root, { headers }));
    expect(plain.next).toBe(`${server.url}${root}?page=2`);
    await server.stop();
  });
});
