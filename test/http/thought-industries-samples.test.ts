/** The docs' own request and response. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { licenseOf, post, type License } from '../support/thought-industries-client.ts';

const root = `${import.meta.dirname}/../..`;
/** The documented fields of each type, in the docs' order. */
const documented = JSON.parse(
  readFileSync(`${root}/test/samples/thought-industries-fields.json`, 'utf8'),
) as Record<'License' | 'Client' | 'Course' | 'LearningPath' | 'Tag', string[]>;
/** Every field of the answer by its dotted path, from the docs and the vendor's types. */
const fields = readFileSync(`${root}/test/specs/thought-industries-fields.tsv`, 'utf8')
  .split('\n')
  .map((line) => line.split('\t'))
  .flatMap(([, place, field]) => (place === 'response' && field !== undefined ? [field] : []));
const listed = (prefix: string) =>
  fields
    .filter((field) => field.startsWith(prefix) && !field.slice(prefix.length).includes('.'))
    .map((field) => field.slice(prefix.length));

const ID = '00000000-0000-0000-0000-000000000000';
const curl = { clientId: ID, courseIds: ID, learningPathIds: ID, courseTagIds: ID };

let server: TestServer;
let license: License;
beforeAll(async () => {
  server = await startTestServer();
  license = licenseOf(await post(server, { ...curl, name: 'string' }));
});
afterAll(() => server.stop());

describe("the docs' curl with a name added", () => {
  it('TI-ENVELOPE: answers the license inside data.CreateLicense', async () => {
    const { status, body } = await post(server, { ...curl, name: 'string' });
    expect(status).toBe(200);
    expect(Object.keys(body as object)).toEqual(['data']);
    expect(Object.keys((body as { data: object }).data)).toEqual(['CreateLicense']);
  });

  it('has the fields of a license in the order of the docs', () => {
    expect(Object.keys(license).slice(0, documented.License.length)).toEqual(documented.License);
  });

  it('has the fields of the client in the order of the docs', () => {
    const keys = Object.keys(license.client);
    expect(keys.slice(0, documented.Client.length)).toEqual(documented.Client);
  });

  it('TI-SAMPLE-ONLY-FIELDS: has exactly the fields of courses, learning paths and tags, in order', () => {
    const { courses, learningPaths, courseTags } = license.client;
    expect(Object.keys(courses[0] ?? {})).toEqual(documented.Course);
    expect(Object.keys(learningPaths[0] ?? {})).toEqual(documented.LearningPath);
    expect(Object.keys(courseTags[0] ?? {})).toEqual(documented.Tag);
  });

  it("TI-FIELD-ORDER: has the rest of each type in the order of the type's list", () => {
    const prefix = 'data.CreateLicense.';
    expect(Object.keys(license)).toEqual(listed(prefix));
    expect(Object.keys(license.client)).toEqual(listed(`${prefix}client.`));
  });

  it('names the ids that were sent', () => {
    expect(license).toMatchObject({ courseIds: [ID], learningPathIds: [ID], courseTagIds: [ID] });
    expect(license.client).toMatchObject({
      id: ID,
      courseIds: [ID],
      courses: [{ id: ID }],
      learningPathIds: [ID],
      learningPaths: [{ id: ID }],
      courseTagIds: [ID],
      courseTags: [{ id: ID }],
    });
  });

  it('has dates in UTC with milliseconds', () => {
    const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
    expect(license['createdAt']).toMatch(form);
    expect(license.client.courses[0]?.['createdAt']).toMatch(form);
    expect(license.client.courseTags[0]?.['updatedAt']).toMatch(form);
  });
});

it("TI-NAME: the docs' curl as it is lacks the name and is refused", async () => {
  const answer = await post(server, curl);
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({ error: 'bad_request', message: 'name is required.' });
  expect(answer.headers.get('x-mock-ledger')).toMatch(/\bTI-NAME\b/);
});
