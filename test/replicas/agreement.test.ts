/** Servers on one database must answer alike, so one that would not is refused at its start. */
import { afterEach, expect, it } from 'vitest';
import { startLicenseMock, type LicenseMock, type LicenseMockOptions } from '../../src/index.ts';
import { dropSchema, freshDatabase, sql } from '../support/postgres.ts';

const { url, schema } = await freshDatabase();
const running: LicenseMock[] = [];
afterEach(async () => {
  for (const mock of running.splice(0)) await mock.stop();
  await dropSchema({ url, schema });
});

async function start(options: LicenseMockOptions = {}): Promise<void> {
  const common = { data: url, dataSchema: schema, scenario: 'empty' };
  running.push(await startLicenseMock({ ...common, ...options }));
}

it('lets servers with the same options in', async () => {
  await start({ settings: { 'IBL-PAGE-SIZE': 5 } });
  await start({ settings: { 'IBL-PAGE-SIZE': 5 } });
  expect(running).toHaveLength(2);
});

it('refuses other options, by name, while the others run', async () => {
  await start();
  const other = { settings: { 'IBL-PAGE-SIZE': 5 }, seed: 7 };
  await expect(start(other)).rejects.toThrow(
    'Another replica on this database was started with other options: --set, --seed. All replicas of a schema must answer alike',
  );
  await running.pop()?.stop();
  await start(other);
});

it('lets another version in, as in a rolling update', async () => {
  await start();
  await sql(url, `update ${schema}.replicas set program = '0.1.9'`);
  await start({ settings: { 'IBL-PAGE-SIZE': 5 } });
  expect(running).toHaveLength(2);
});
