/** What no client should send to ibl: each operation refuses it in the vendor's form, and changes nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import { control } from '../support/control-client.ts';
import { openIbl, type Ask, type Ibl } from '../support/ibl-http.ts';

/** A license of each kind, with other ids, so that no id names two of them; each with a seat and a group. */
const seats = `assignments: [{ id: 5, user_id: 1 }], group_assignments: [{ id: 6, group_id: 1 }]`;
const scenario = `
ibl:
  credentials:
    - { token: dm-admin, role: dm-admin }
    - { token: beta-admin, role: platform-admin, platform: beta }
  platforms: [{ key: acme }, { key: beta }]
  users:
    - { id: 1, username: maya, email: maya@example.com, platform_key: acme }
    - { id: 2, username: kim, email: kim@example.com, platform_key: beta }
  groups:
    - { id: 1, name: Staff, platform_key: acme, members: [1] }
    - { id: 2, name: Others, platform_key: beta, members: [2] }
  platform_licenses: [{ id: 1, platform_key: acme, name: A, count: 3 }]
  user_licenses: [{ id: 2, platform_key: acme, name: A, count: 3, ${seats} }]
  course_licenses: [{ id: 3, platform_key: acme, course_id: law, name: A, count: 3, ${seats} }]
  licenses: [{ id: 4, platform_key: acme, program_key: bar, name: A, count: 3, ${seats} }]
`;
const LICENSE_OF: Readonly<Record<string, number>> = {
  platform: 1,
  user: 2,
  course: 3,
  program: 4,
};

const served = await serveSpecs({ specs: undefined }, vendors);
const operations = served
  .filter(({ vendor }) => vendor.name === 'ibl')
  .flatMap(({ spec }) => spec.operations)
  .map(({ operation: { id, method, path, body } }) => {
    const [, kind = ''] = /licenses\/([a-z]+)\//.exec(path) ?? [];
    return { id, method, path, kind, hasBody: body !== undefined };
  });

let ibl: Ibl;
let before: string;
const state = async () => (await control(ibl.url, 'GET /sandboxes/default/state')).text;
beforeAll(async () => {
  ibl = await openIbl({ scenario, clock: '2026-11-21T09:30:00Z' });
  before = await state();
});
afterAll(() => ibl.stop());

/** Asks, and makes sure that the answer has one of the vendor's forms and that all is as before. */
async function refusal(path: string, ask: Ask) {
  const { status, body, text } = await ibl.ask(path, ask);
  expect(text).not.toContain('/_mock/errors');
  expect(await state()).toBe(before);
  return { status, body, fields: Object.keys(body) };
}

const [BAD, FORBIDDEN, NOT_FOUND] = [{ status: 400 }, { status: 403 }, { status: 404 }];

it('has 31 operations', () => expect(operations).toHaveLength(31));

describe.each(operations)('$id', ({ id, method, path, hasBody }) => {
  const isOpen = id.startsWith('check');

  it.skipIf(isOpen)('needs credentials that are known', async () => {
    expect(await refusal(path, { method, token: 'nobody' })).toMatchObject({ status: 401 });
    expect(
      await refusal(path, { method, headers: { authorization: 'Bearer dm-admin' } }),
    ).toMatchObject({ status: 401 });
  });

  it('has no other methods', async () => {
    expect(await refusal(path, { method: 'PATCH', body: {} })).toMatchObject({ status: 405 });
    expect((await ibl.ask(path, { method: 'OPTIONS' })).status).toBe(200);
  });

  it.runIf(hasBody)('refuses a body that it cannot read', async () => {
    expect(await refusal(path, { method, body: '{"license_id":' })).toMatchObject(BAD);
    expect(await refusal(path, { method, body: '[1]' })).toMatchObject(BAD);
    expect(await refusal(path, { method, body: '' })).toMatchObject(BAD);
    expect(
      await refusal(path, { method, body: '<a/>', headers: { 'content-type': 'text/xml' } }),
    ).toMatchObject({ status: 415 });
  });

  it('takes names that objects have, and any query', async () => {
    const query = '__proto__=1&constructor=2&license_id=%00&email=%00&assignment_id=%E0%A4%A';
    const body = '{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}},"license_id":"x"}';
    const ask = { method, ...(hasBody && { body }) };
    expect((await ibl.ask(`${path}?${query}`, ask)).status).toBeLessThan(500);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
    expect(await state()).toBe(before);
  });
});

/** The ids that an operation is sent wrongly, and what it answers. */
const nowhere = 987_654;
const malformed = ['x', '1.5', '', '99999999999999999999', '-1'];

describe.each(operations.filter(({ id }) => id.startsWith('update')))('$id', ({ path, kind }) => {
  it('knows no license that is not there, or of another kind', async () => {
    expect(await refusal(path, { body: { license_id: nowhere, count: 5 } })).toMatchObject(
      NOT_FOUND,
    );
    expect(await refusal(path, { body: { external_id: 'nowhere', count: 5 } })).toMatchObject(
      NOT_FOUND,
    );
    const [, other] = Object.entries(LICENSE_OF).find(([name]) => name !== kind) ?? [];
    expect(await refusal(path, { body: { license_id: other, count: 5 } })).toMatchObject(NOT_FOUND);
    expect(await refusal(path, { body: { count: 5 } })).toMatchObject(BAD);
  });

  it('refuses values that do not fit', async () => {
    const license_id = LICENSE_OF[kind];
    for (const wrong of [{ count: 1.5 }, { count: 'x' }, { metadata: 5 }, { expired: 'soon' }]) {
      const body = await refusal(path, { body: { license_id, ...wrong } });
      expect(body).toMatchObject({ ...BAD, fields: Object.keys(wrong) });
    }
    expect(
      await refusal(path, { body: { license_id, count: 5 }, token: 'beta-admin' }),
    ).toMatchObject(FORBIDDEN);
  });
});

describe.each(operations.filter(({ id }) => id.startsWith('create') && !id.includes('Assignment')))(
  '$id',
  ({ path, kind }) => {
    const good = {
      platform_key: 'acme',
      course_id: 'law',
      program_key: 'bar',
      name: 'N',
      count: 1,
    };
    const started = '2026-01-01T00:00:00Z';

    it('refuses values that do not fit', async () => {
      for (const wrong of [{ count: 1.5 }, { count: [] }, { metadata: 'x' }, { expired: '1' }]) {
        const body = await refusal(path, { body: { ...good, started, ...wrong } });
        expect(body).toMatchObject({ ...BAD, fields: Object.keys(wrong) });
      }
      expect(await refusal(path, { body: {} })).toMatchObject(BAD);
      expect(
        await refusal(path, { body: { ...good, started }, token: 'beta-admin' }),
      ).toMatchObject(FORBIDDEN);
    });

    it('refuses an external id that a license of its kind has', async () => {
      const body = { ...good, started, external_id: `twice-${kind}` };
      expect((await ibl.ask(path, { body })).status).toBe(200);
      expect(await ibl.ask(path, { body })).toMatchObject({
        ...BAD,
        body: { external_id: ['This field must be unique.'] },
      });
      await control(ibl.url, 'POST /sandboxes/default/reset');
    });
  },
);

describe.each(operations.filter(({ id }) => /^create.*Assignment$/.test(id)))(
  '$id',
  ({ path, kind, id }) => {
    const license_id = LICENSE_OF[kind];
    const [whom, foreign, field] = id.includes('Group')
      ? [{ group_id: 1 }, { group_id: 2 }, 'group_id']
      : [{ user_id: 1 }, { user_id: 2 }, 'user_id'];

    it('knows no license, user or group that is not there, of another kind or platform', async () => {
      expect(await refusal(path, { body: { license_id: nowhere, ...whom } })).toMatchObject(
        NOT_FOUND,
      );
      const others = Object.values(LICENSE_OF).filter((each) => each !== license_id);
      for (const each of others) {
        expect(await refusal(path, { body: { license_id: each, ...whom } })).toMatchObject(
          NOT_FOUND,
        );
      }
      expect(await refusal(path, { body: { license_id, [field]: nowhere } })).toMatchObject(
        NOT_FOUND,
      );
      expect(await refusal(path, { body: { license_id, ...foreign } })).toMatchObject(NOT_FOUND);
      expect(
        await refusal(path, { body: { license_id, ...whom, platform_key: 'beta' } }),
      ).toMatchObject(NOT_FOUND);
      expect(
        await refusal(path, { body: { license_id, ...whom }, token: 'beta-admin' }),
      ).toMatchObject(NOT_FOUND);
    });

    it.each(['x', 1.5, null, {}, [1]])('refuses the id %j', async (wrong) => {
      const first = await refusal(path, { body: { license_id: wrong, ...whom } });
      expect(first).toMatchObject({ ...BAD, fields: ['license_id'] });
      const second = await refusal(path, { body: { license_id, [field]: wrong } });
      expect(second).toMatchObject({ ...BAD, fields: [field] });
    });
  },
);

describe.each(operations.filter(({ id }) => id.startsWith('delete')))(
  '$id',
  ({ path, kind, id }) => {
    const assignment = id.includes('Group') ? 6 : 5;
    const ask = { method: 'DELETE' };

    it('knows no record that is not there, of another license or platform', async () => {
      const own = `assignment_id=${assignment}&license_id=${LICENSE_OF[kind]}`;
      expect(await refusal(`${path}?assignment_id=${nowhere}`, ask)).toMatchObject(NOT_FOUND);
      expect(
        await refusal(`${path}?assignment_id=${assignment}&license_id=${nowhere}`, ask),
      ).toMatchObject(NOT_FOUND);
      expect(await refusal(`${path}?${own}&platform_key=beta`, ask)).toMatchObject(NOT_FOUND);
      expect(await refusal(`${path}?${own}`, { ...ask, token: 'beta-admin' })).toMatchObject(
        NOT_FOUND,
      );
      expect(await refusal(path, ask)).toMatchObject(BAD);
    });

    it.each(malformed)('refuses the id "%s"', async (wrong) => {
      const { status } = await ibl.ask(`${path}?assignment_id=${wrong}`, ask);
      expect([400, 404]).toContain(status);
      expect(await state()).toBe(before);
    });

    it('removes a record once', async () => {
      const query = `assignment_id=${assignment}&license_id=${LICENSE_OF[kind]}`;
      expect((await ibl.ask(`${path}?${query}`, ask)).status).toBe(200);
      expect((await ibl.ask(`${path}?${query}`, ask)).status).toBe(404);
      await control(ibl.url, 'POST /sandboxes/default/reset');
    });
  },
);

describe.each(operations.filter(({ id }) => /^list.*Assignments$/.test(id)))(
  '$id',
  ({ path, kind }) => {
    it('has nothing of a license that is not there, of another kind or platform', async () => {
      const others = Object.values(LICENSE_OF).filter((each) => each !== LICENSE_OF[kind]);
      for (const each of [nowhere, ...others]) {
        expect((await ibl.ask(`${path}?license_id=${each}`)).body['count']).toBe(0);
      }
      const own = `${path}?license_id=${LICENSE_OF[kind]}`;
      expect((await ibl.ask(own)).body['count']).toBe(1);
      expect((await ibl.ask(own, { token: 'beta-admin' })).body['count']).toBe(0);
      expect((await ibl.ask(`${own}&platform_key=beta`)).body['count']).toBe(0);
      expect(await refusal(`${own}&page=2`, {})).toMatchObject(NOT_FOUND);
      expect(await refusal(`${own}&page=x`, {})).toMatchObject(BAD);
    });

    it.each(malformed)('refuses the id "%s", or has nothing of it', async (wrong) => {
      const { status, body } = await ibl.ask(`${path}?license_id=${wrong}`);
      expect(status === 400 || body['count'] === 0).toBe(true);
    });
  },
);

it.each(['', 'nobody', 'a@b@c', 'maya@', '%00', 'x'.repeat(3000)])(
  'checkUserLicenseAssignment refuses the e-mail address "%s"',
  async (email) => {
    const path = '/api/catalog/licenses/user/assignment/check/';
    const body = await refusal(`${path}?email=${email}`, {});
    expect(body).toMatchObject({ ...BAD, fields: ['email'] });
    expect(await refusal(path, {})).toMatchObject(BAD);
  },
);
