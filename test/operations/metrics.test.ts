/** What Prometheus reads. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const list = '/api/catalog/licenses/program/';

async function read(): Promise<string> {
  const answer = await fetch(`${server.url}/_mock/metrics`);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/);
  return answer.text();
}

it('counts answers by vendor, operation and status, in names and units by convention', async () => {
  const headers = { authorization: 'Api-Token dm-admin' };
  await fetch(`${server.url}${list}`, { headers });
  await fetch(`${server.url}${list}`);
  await fetch(`${server.url}/nobody-s/path`);
  const text = await read();
  expect(text).toContain(
    'license_mock_requests_total{vendor="ibl",operation="listProgramLicenses",status="200"} 1',
  );
  expect(text).toContain(
    'license_mock_requests_total{vendor="ibl",operation="listProgramLicenses",status="401"} 1',
  );
  expect(text).toContain(
    'license_mock_requests_total{vendor="none",operation="none",status="404"} 1',
  );
  expect(text).toMatch(/license_mock_request_duration_seconds_bucket\{le="0.25",vendor="ibl"/);
  expect(text).toMatch(/^license_mock_journal_entries 3$/m);
  expect(text).toMatch(/^nodejs_eventloop_delay_max_seconds \d/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d{7,}/m);
  for (const [, name = '', type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    expect(name, type).toMatch(type === 'counter' ? /_total$/ : /(?:_seconds|_bytes|es)$/);
  }
});

it('says how long the event loop was held up, and next to nothing where it was not', async () => {
  const longest = async (): Promise<number> => {
    return Number(/^nodejs_eventloop_delay_max_seconds (\S+)$/m.exec(await read())?.[1]);
  };
  await longest();
  await sleep(50);
  const endMs = performance.now() + 300;
  while (performance.now() < endMs);
  await sleep(50);
  const held = await longest();
  expect(held).toBeGreaterThan(0.2);
  await sleep(200);
  expect(await longest()).toBeLessThan(held / 2);
});

it('has no more series however many sandboxes and paths are asked for', async () => {
  const headers = { authorization: 'Api-Token dm-admin' };
  await fetch(`${server.url}/_sandbox/one${list}`, { headers });
  const before = (await read()).split('\n').length;
  for (let i = 0; i < 20; i++) {
    await fetch(`${server.url}/_sandbox/box-${i}${list}?name=${i}`, { headers });
    await fetch(`${server.url}/nobody-s/path/${i}`);
  }
  const text = await read();
  expect(text.split('\n')).toHaveLength(before);
  expect(text).toMatch(/^license_mock_sandboxes 22$/m);
  expect(text).not.toContain('box-');
});

it('counts commits, warnings and violations', async () => {
  const create = (body: string) =>
    fetch(`${server.url}${list}create/`, {
      method: 'POST',
      headers: { authorization: 'Api-Token dm-admin', 'content-type': 'application/json' },
      body,
    });
  const before = Number(/^license_mock_commits_total (\d+)$/m.exec(await read())?.[1]);
  await create(
    '{"platform_key":"acme","program_key":"bar","name":"A","count":"10","started":"2026-01-01T00:00:00Z"}',
  );
  await create('{}');
  const text = await read();
  expect(text).toContain(`license_mock_commits_total ${before + 1}`);
  expect(text).toMatch(/license_mock_warnings_total\{vendor="ibl",.*\} [1-9]/);
  expect(text).toMatch(/license_mock_violations_total\{vendor="ibl",.*\} [1-9]/);
});
