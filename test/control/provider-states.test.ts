/** Provider states, as a Pact verifier asks for them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { vendors } from '../../src/vendors/index.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';
import { plainVendor } from '../fixtures/plain-vendor/plain-vendor.ts';
import { control, sandboxUrl } from '../support/control-client.ts';
import { testFolder } from '../support/folder.ts';
import { allLicenses, createLicense } from '../support/ibl-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const folder = testFolder();
const license = 'platform_key: acme, program_key: p, started: now-1d';
const scenarios = {
  one: `
providerStates: ['a program license with external id {externalId} exists']
ibl: { licenses: [{ ${license}, name: Spring, count: 10, external_id: '{externalId}' }] }
`,
  seats: `
providerStates: ['license {name} has {seats} seats', 'license {name} of {seats}']
seed: 5
ibl: { licenses: [{ ${license}, name: '{name}', count: '{seats}' }] }
`,
  client: `
providerStates: [a client with a course exists]
thought-industries:
  clients: [{ id: 2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e01, name: Contoso, courseIds: [6f1c2a70-3b1e-4c55-9a53-0d9b7c4c1a01] }]
  learningPaths: [{ id: 8a2d4f10-7c36-4be2-8a6f-5e0f3d2b1c01, name: Journey }]
`,
  chairs: `
providerStates: [a seat is taken]
plain-vendor: { seats: [{ id: window, email: ada@example.com }] }
`,
  broken: 'ibl: [',
};

/** The word for one record is the vendor's own, not what is left of `seats`. */
const { seats } = plainVendor.scenario.lists;
if (!seats) throw new Error('The plain vendor lists no seats.');
const lists = { seats: { ...seats, one: 'chair' } };
const plain: Vendor = { ...plainVendor, scenario: { ...plainVendor.scenario, lists } };
const specs = path.join(import.meta.dirname, '../fixtures/plain-vendor');

let server: TestServer;
const before = process.cwd();
beforeAll(async () => {
  mkdirSync(path.join(folder, 'scenarios'));
  for (const [name, text] of Object.entries(scenarios)) {
    writeFileSync(path.join(folder, 'scenarios', `${name}.yaml`), text);
  }
  const own = path.join(folder, 'own.yaml');
  writeFileSync(own, `providerStates: [the server's own]\nibl: { platforms: [{ key: own }] }\n`);
  // Scenarios are looked for where the server is started.
  process.chdir(folder);
  server = await startTestServer({
    scenario: own,
    vendors: [...vendors, plain],
    options: { specs },
  });
});
afterAll(async () => {
  process.chdir(before);
  await server.stop();
});

beforeEach(async () => {
  await control(server.url, 'PUT /sandboxes/pact', { clock: '2026-01-01T00:00:00Z', seed: 3 });
});
const enter = (body: unknown, query = '?sandbox=pact') =>
  control(server.url, `POST /provider-states${query as ''}`, body);
const licenses = () => allLicenses(sandboxUrl(server.url, 'pact'));

describe('a state', () => {
  it('is set up with its parameters, and gives values to inject', async () => {
    const answer = await enter({
      consumer: 'web-shop',
      state: 'a program license with external id {externalId} exists',
      params: { externalId: 'acme-1' },
      action: 'setup',
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      externalId: 'acme-1',
      licenseId: 1,
      licenseName: 'Spring',
      licenseExternalId: 'acme-1',
      licenseCount: 10,
    });
    expect(answer.body).not.toHaveProperty('platformKey');
    expect(await licenses()).toMatchObject([{ id: 1, external_id: 'acme-1' }]);
  });
  it('is set up with the values in its sentence, numbers as numbers', async () => {
    const answer = await enter({ state: 'license Spring 7 has 25 seats' });
    expect(answer.body).toMatchObject({ name: 'Spring 7', seats: 25, licenseCount: 25 });
    expect(await licenses()).toMatchObject([{ name: 'Spring 7', count: 25 }]);
    await enter({ state: 'a program license with external id 4711 exists', params: null });
    expect(await licenses()).toMatchObject([{ external_id: '4711' }]);
  });
  it('gives the ids of whatever its scenario lists', async () => {
    const { body } = await enter({ state: 'a client with a course exists', params: {} });
    expect(body).toMatchObject({
      clientId: '2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e01',
      learningPathId: '8a2d4f10-7c36-4be2-8a6f-5e0f3d2b1c01',
    });
  });
  it('names an id by the word that the vendor has for one record', async () => {
    const { body } = await enter({ state: 'a seat is taken' });
    expect(body).toMatchObject({ chairId: 'window' });
  });
  it('keeps what the sandbox was started with, and goes with the next one', async () => {
    await enter({ state: 'license a has 1 seats' });
    expect(await licenses()).toMatchObject([{ name: 'a' }]);
    await enter({ state: 'license b has 2 seats' });
    expect(await licenses()).toMatchObject([{ name: 'b' }]);
    expect((await control(server.url, 'GET /sandboxes/pact')).body).toMatchObject({
      scenario: 'seats',
      seed: 3,
      clock: { mode: 'frozen', now: '2026-01-01T00:00:00.000Z' },
    });
  });
  it('is one of the scenario that the server was started with, too', async () => {
    expect((await enter({ state: "the server's own" })).status).toBe(200);
    expect((await control(server.url, 'GET /sandboxes/pact')).body['records']).toMatchObject({
      'ibl.platforms': 1,
    });
  });
  it('is torn down to what the sandbox was started with', async () => {
    await enter({ state: 'license a has 1 seats' });
    const answer = await enter({ state: 'license a has 1 seats', action: 'teardown' });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({});
    expect(await licenses()).toEqual([]);
    expect((await control(server.url, 'GET /sandboxes/pact')).body).toMatchObject({
      scenario: 'own',
    });
  });
  it('that is empty resets', async () => {
    await createLicense(sandboxUrl(server.url, 'pact'));
    expect(await enter({ state: '', action: 'setup' })).toMatchObject({ status: 200, body: {} });
    expect(await licenses()).toEqual([]);
  });
  it('is of the sandbox default where none is named, and makes one that is not there', async () => {
    await enter({ state: 'license a has 1 seats' }, '');
    expect(await allLicenses(server.url)).toHaveLength(1);
    await enter({ state: 'license a has 1 seats' }, '?sandbox=made');
    expect(await allLicenses(sandboxUrl(server.url, 'made'))).toHaveLength(1);
    expect((await enter({ state: '' }, '?sandbox=made-empty')).status).toBe(200);
  });
  it('may come with fields that only Pact knows', async () => {
    const answer = await enter({ state: '', interaction_id: 'x', action: 'setup' });
    expect(answer.status).toBe(200);
  });
});

describe('what cannot be set up', () => {
  it('is a state that nobody serves, and the nearest are named', async () => {
    const answer = await enter({ state: 'a program license with number 7 exists' });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      type: '/_mock/errors/unknown-provider-state',
      detail: expect.stringContaining('"a program license with external id {externalId} exists"'),
    });
  });
  it.each([
    [{ state: 'license {name} has {seats} seats', params: { name: 'a' } }, '#/params/seats'],
    [
      { state: 'license {name} has {seats} seats', params: { name: 'a', seats: 1, x: 1 } },
      '#/params/x',
    ],
    [{ state: 'a client with a course exists', params: { id: { a: 1 } } }, '#/params/id'],
    [{ state: 5 }, '#/state'],
    [{}, '#/state'],
    [{ state: 'x'.repeat(1_001) }, '#/state'],
    [{ state: '', action: 'begin' }, '#/action'],
    ['null', '#'],
    [undefined, '#'],
  ])('%j is a problem of %s, and changes nothing', async (body, pointer) => {
    await createLicense(sandboxUrl(server.url, 'pact'));
    const answer = await enter(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ pointer });
    expect(await licenses()).toHaveLength(1);
  });
  it('is a value that the scenario cannot take', async () => {
    const answer = await enter({ state: 'license a has many seats' });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      type: '/_mock/errors/broken-scenario',
      detail: expect.stringContaining('ibl.licenses[0].count'),
    });
  });
  it('is a sandbox with a bad name', async () => {
    expect((await enter({ state: '' }, '?sandbox=No')).status).toBe(400);
    expect((await enter({ state: '' }, '?sanbox=no')).body).toMatchObject({ parameter: 'sanbox' });
  });
});

it('the scenarios say which states they serve, and which cannot be used', async () => {
  const { body } = await control(server.url, 'GET /scenarios');
  expect(body['scenarios']).toContainEqual({
    name: 'seats',
    description: '',
    providerStates: ['license {name} has {seats} seats', 'license {name} of {seats}'],
    parameters: ['name', 'seats'],
  });
  expect(body['scenarios']).toContainEqual(
    expect.objectContaining({ name: 'broken', fault: expect.stringContaining('line') }),
  );
  const params = { name: 'a', seats: 3 };
  const started = await control(server.url, 'PUT /sandboxes/filled', { scenario: 'seats', params });
  expect(started.body).toMatchObject({ scenario: 'seats', records: { 'ibl.program-licenses': 1 } });
  const reset = await control(server.url, 'POST /sandboxes/filled/reset');
  expect(reset.body).toMatchObject({ scenario: 'seats', records: { 'ibl.program-licenses': 1 } });
  const bare = await control(server.url, 'PUT /sandboxes/filled', { scenario: 'seats' });
  expect(bare).toMatchObject({ status: 422, body: { pointer: '#/params/name' } });
});
