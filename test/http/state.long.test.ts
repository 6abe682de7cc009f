/** What was acknowledged survives kills under load. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { allLicenses, createLicense, type IblLicense } from '../support/ibl-client.ts';
import { jsonOf } from '../support/json.ts';
import { startServerProcess } from '../support/process.ts';

const folder = testFolder();
const quiet = ['--log-level', 'silent', '--scenario', 'empty'];

it('loses no acknowledged license, and keeps no half one, when it is killed under load', async () => {
  const data = path.join(folder, 'kill');
  const acknowledged = new Map<number, string>();
  let sent = 0;
  for (let round = 0; round < 5; round += 1) {
    const server = await startServerProcess(['--data', data, ...quiet]);
    const load = Array.from({ length: 8 }, async () => {
      for (;;) {
        sent += 1;
        const externalId = `round-${round}-${sent}`;
        const answer = await createLicense(server.url, { external_id: externalId }).catch(
          () => undefined,
        );
        const license = answer && (await jsonOf<IblLicense>(answer).catch(() => undefined));
        if (license === undefined) return;
        acknowledged.set(license.id, externalId);
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 150 + round * 70));
    await server.end('SIGKILL');
    await Promise.all(load);
  }
  const server = await startServerProcess(['--data', data, ...quiet]);
  const found = new Map((await allLicenses(server.url)).map((license) => [license.id, license]));
  await server.end('SIGTERM');
  expect(acknowledged.size).toBeGreaterThan(100);
  for (const [id, externalId] of acknowledged) {
    expect(found.get(id)).toMatchObject({ external_id: externalId, name: 'Spring', count: 10 });
  }
  for (const license of found.values()) {
    expect(Object.values(license)).not.toContain(undefined);
  }
}, 60_000);
