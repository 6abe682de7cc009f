/** Groups of redemption codes. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ledgerOf } from '../support/thought-industries-client.ts';
import { openSchool } from '../support/thought-industries-school.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const { call, shown, client, license } = openSchool(() => server);
const codes = (fields: object) =>
  call('POST', 'redemptionCodes', { label: 'Fair', codeLength: 8, totalCodesCount: 5, ...fields });

describe('redemption codes', () => {
  it('TI-REDEMPTION-CODES: are answered without an envelope, and read back with two more fields', async () => {
    const own = await client({ name: 'Northwind' });
    const { id: licenseId, name } = await license({ clientId: own.id });
    const [course, path, bundle] = [randomUUID(), randomUUID(), randomUUID()];
    const answer = await codes({
      client: own.id,
      accessDays: 30,
      expirationDate: '2027-01-01',
      licenses: [licenseId],
      courses: [course],
      learningPaths: [path],
      bundles: [bundle],
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        label: 'Fair',
        redeemedCodesCount: 0,
        totalCodesCount: 5,
        expirationDate: '2027-01-01T00:00:00.000Z',
        accessDays: 30,
        accessExpirationDate: null,
        client: { id: own.id, name: 'Northwind' },
        courses: [{ id: course, title: expect.any(String) }],
        learningPaths: [{ id: path, name: expect.any(String) }],
        bundles: [{ id: bundle, name: null }],
        licenses: [{ id: licenseId, name }],
      },
    });
    expect(ledgerOf(answer)).toContain('TI-REDEMPTION-CODES');
    const made = await shown(Promise.resolve(answer));
    const stored = await shown(call('GET', `redemptionCodes/${made.id}`));
    expect(stored).toEqual({ ...made, uploaded: false, gift: false });
    // Nothing is left of a license that was deleted.
    await call('DELETE', `licenses/${licenseId}`);
    expect(await shown(call('GET', `redemptionCodes/${made.id}`))).toMatchObject({ licenses: [] });
  });

  it.each([
    [{}, 422, 'One of courses, bundles, licenses, learningPaths must name something.'],
    [
      { courses: [randomUUID()], accessDays: 1, accessExpirationDate: '2027-01-01' },
      422,
      'accessDays and accessExpirationDate cannot be given together.',
    ],
    [
      { courses: [randomUUID()], totalCodesCount: 10_001 },
      422,
      'totalCodesCount must be at most 10000.',
    ],
    [{ licenses: [randomUUID()] }, 422, 'licenses[0] names nothing that exists.'],
    [{ courses: [randomUUID()], codeLength: 'x' }, 400, 'codeLength must be an integer.'],
  ])('%j is refused', async (fields, status, message) => {
    expect(await codes(fields)).toMatchObject({ status, body: { message } });
  });

  it('TI-SORT: are searched by label and sorted, 50 a page', async () => {
    const own = await startTestServer();
    const school = openSchool(() => own);
    for (let made = 51; made > 0; made -= 1) {
      await school.call('POST', 'redemptionCodes', {
        label: `Fair ${String(made).padStart(2, '0')}`,
        codeLength: 8,
        totalCodesCount: 1,
        courses: [randomUUID()],
      });
    }
    const list = async (query: string) => {
      const { body } = await school.call('GET', `redemptionCodes${query}`);
      const { redemptionCodeGroups: groups, pageInfo } = body as {
        redemptionCodeGroups: { label: string }[];
        pageInfo: { cursor: string };
      };
      return { labels: groups.map(({ label }) => label), pageInfo };
    };
    const first = await list('?sort=label:asc');
    expect(first.labels).toHaveLength(50);
    expect(first.labels[0]).toBe('Fair 01');
    expect(first.pageInfo).toEqual({ total: 51, hasMore: true, cursor: expect.any(String) });
    const second = await list(`?sort=label:asc&cursor=${first.pageInfo.cursor}`);
    expect(second.labels).toEqual(['Fair 51']);
    expect((await list('?query=fair+07')).labels).toEqual(['Fair 07']);
    expect((await school.call('GET', 'redemptionCodes?sort=id')).status).toBe(400);
    await own.stop();
  });
});
