import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOOD, openIbl, PROGRAM_LICENSES, type Ibl } from '../support/ibl-http.ts';

const scenario = `
ibl:
  platforms:
    - { id: 1, key: acme, org: acme-org }
    - { id: 2, key: beta, org: shared }
    - { id: 3, key: gamma, org: shared }
  programs:
    - { key: ${GOOD.program_key}, name: Bar Exam, platform: acme }
    - { key: law, id: law-id, platform: beta }
`;
const REQUIRED = ['This field is required.'];

let ibl: Ibl;
beforeAll(async () => {
  ibl = await openIbl({ scenario, clock: '2026-11-21T09:30:00.250Z' });
});
afterAll(() => ibl.stop());

describe('a new license', () => {
  it('is answered with 200, its defaults, and keys in the order of the docs', async () => {
    const { status, text, warnings, headers } = await ibl.create();
    const { id } = JSON.parse(text) as { id: number };
    expect(status).toBe(200);
    expect(text).toBe(
      JSON.stringify({
        id,
        created: '2026-11-21T09:30:00.250000Z',
        started: '2026-01-01T00:00:00Z',
        expired: null,
        name: 'Spring',
        count: 10,
        active: true,
        metadata: {},
        source: 'api',
        external_id: null,
        platform_key: 'acme',
        program_id: GOOD.program_key,
        program_key: GOOD.program_key,
        program_name: 'Bar Exam',
        usage_count: 0,
      }),
    );
    expect(warnings).toBe(0);
    expect(headers.get('allow')).toBe('POST, OPTIONS');
    expect(headers.get('vary')).toContain('Accept');
    expect(headers.get('content-type')).toBe('application/json');
  });

  it('keeps what it is given, and the next one has a higher id', async () => {
    const fields = {
      expired: '2027-01-01T00:00:00+01:00',
      active: false,
      metadata: { region: 'emea', deep: [{ a: null }] },
      enrollment_config: { auto: true },
      source: 'salesforce',
      external_id: 'kept-1',
      transaction_id: 't-1',
    };
    const { body } = await ibl.create(fields);
    expect(body).toMatchObject({
      expired: '2026-12-31T23:00:00Z',
      active: false,
      metadata: fields.metadata,
      source: 'salesforce',
      external_id: 'kept-1',
    });
    expect(body).not.toHaveProperty('enrollment_config');
    const next = await ibl.create();
    expect(Number(next.body['id'])).toBe(Number(body['id']) + 1);
    const { body: found } = await ibl.list('external_id=kept-1');
    expect(found).toMatchObject({ count: 1, results: [body] });
  });

  it('comes as a form as well', async () => {
    const body = new URLSearchParams({ ...GOOD, count: '3', active: 'false' }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await ibl.ask(`${PROGRAM_LICENSES}create/`, { body, headers });
    expect(answer).toMatchObject({ status: 200, warnings: 0, body: { count: 3, active: false } });
  });

  it('IBL-PROGRAM-ID: shows the program key as its id, unless the program has another', async () => {
    expect((await ibl.create()).body['program_id']).toBe(GOOD.program_key);
    const { body } = await ibl.create({ platform_key: 'beta', program_key: 'law' });
    expect(body).toMatchObject({ program_id: 'law-id', program_key: 'law', program_name: 'law' });
    expect((await ibl.list('program_id=law-id')).body['count']).toBe(1);
    expect((await ibl.list('program_id=law')).body['count']).toBe(0);
  });

  it('IBL-DATES-ORDER: may end before it starts', async () => {
    const answer = await ibl.create({ expired: '2020-01-01T00:00:00Z' });
    expect(answer.status).toBe(200);
    expect(answer.ledger).toContain('IBL-DATES-ORDER');
  });

  it('IBL-TEXT-LENGTH: may have a name of any length', async () => {
    const name = 'é'.repeat(100_000);
    expect((await ibl.create({ name })).body['name']).toBe(name);
  });

  it('IBL-NUMBERS: keeps numbers in metadata as doubles, and fails if one is infinite', async () => {
    const send = (value: string) =>
      ibl.ask(`${PROGRAM_LICENSES}create/`, {
        body: JSON.stringify({ ...GOOD, metadata: {} }).replace('{}', `{"n":${value}}`),
      });
    const rounded = await send('[{"a":9007199254740993}]');
    expect(rounded).toMatchObject({
      warnings: 1,
      body: { metadata: { n: [{ a: 9007199254740992 }] } },
    });
    expect(rounded.ledger).toContain('IBL-NUMBERS');
    for (const exact of ['9007199254740992', '0.12345678901234567', '"9007199254740993"']) {
      expect((await send(exact)).warnings).toBe(0);
    }
    const before = (await ibl.list()).body['count'];
    const infinite = await send('1e400');
    expect(infinite).toMatchObject({ status: 500, body: { error: expect.any(String) } });
    expect(infinite.ledger).toEqual(expect.arrayContaining(['IBL-NUMBERS', 'IBL-SERVER-ERROR']));
    expect((await ibl.list()).body['count']).toBe(before);
  });
});

describe('what is wrong', () => {
  it('is said of all fields at once, in the order of the docs', async () => {
    const { status, text } = await ibl.ask(`${PROGRAM_LICENSES}create/`, {
      body: { started: 'soon', metadata: [], count: true, platform_key: '', active: null },
    });
    expect(status).toBe(400);
    expect(text).toBe(
      JSON.stringify({
        platform_key: ['This field may not be blank.'],
        program_key: REQUIRED,
        name: REQUIRED,
        count: ['A valid integer is required.'],
        started: [
          'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
        ],
        active: ['This field may not be null.'],
        metadata: ['Expected a dictionary of items but got type "list".'],
      }),
    );
  });

  it.each([
    [{ started: '2026-01-01t00:00:00z' }, 'Datetime has wrong format.'],
    [{ started: '2016-12-31T23:59:60Z' }, 'Datetime has wrong format.'],
    [{ started: '0001-01-01T00:00:00+02:00' }, 'Datetime value out of range.'],
  ])('is found where the documented format does not tell: %j', async (fields, sentence) => {
    const { status, body } = await ibl.create(fields);
    expect(status).toBe(400);
    expect(String(body['started'])).toContain(sentence);
  });

  it('changes nothing', async () => {
    const before = (await ibl.list()).body['count'];
    await ibl.create({ count: 'none' });
    await ibl.create({ platform_key: 'made-for-nothing', external_id: 'kept-1' });
    expect((await ibl.list()).body['count']).toBe(before);
    expect((await ibl.list('platform_key=made-for-nothing')).body['count']).toBe(0);
  });

  it('IBL-CREATE-FIELDS: is a missing program_key, whatever program_id says', async () => {
    const { program_key: program_id, ...rest } = GOOD;
    const answer = await ibl.ask(`${PROGRAM_LICENSES}create/`, { body: { ...rest, program_id } });
    expect(answer).toMatchObject({ status: 400, body: { program_key: REQUIRED }, warnings: 1 });
    expect(answer.ledger).toContain('IBL-CREATE-FIELDS');
  });

  it('IBL-COUNT-RANGE: can be a count below 0 or past 32 bits, with all that is wrong beside it', async () => {
    expect(await ibl.create({ count: -1 })).toMatchObject({
      status: 200,
      body: { count: -1 },
      ledger: expect.arrayContaining(['IBL-COUNT-RANGE']),
    });
    const strict = await openIbl({ settings: { 'IBL-COUNT-RANGE': 'refuse' } });
    const below = await strict.create({ count: -1, name: '', active: 'x' });
    expect(Object.entries(below.body)).toEqual([
      ['name', ['This field may not be blank.']],
      ['count', ['Ensure this value is greater than or equal to 0.']],
      ['active', ['Must be a valid boolean.']],
    ]);
    expect((await strict.create({ count: '2147483648' })).body).toEqual({
      count: ['Ensure this value is less than or equal to 2147483647.'],
    });
    expect((await strict.create({ count: 0 })).status).toBe(200);
    expect((await strict.create({ count: 2 ** 31 - 1 })).status).toBe(200);
    await strict.stop();
  });

  it('IBL-TEXT-CHARACTERS: is a NUL or a lone surrogate, but not inside metadata', async () => {
    expect(await ibl.create({ name: 'a\u0000', source: '\ud800' })).toMatchObject({
      body: {
        name: ['Null characters are not allowed.'],
        source: ['Surrogate characters are not allowed: U+D800.'],
      },
      ledger: ['IBL-TEXT-CHARACTERS'],
    });
    expect((await ibl.create({ name: '😀', metadata: { a: '\u0000' } })).status).toBe(200);
    expect((await ibl.create({ metadata: { '\udc00': 1 } })).status).toBe(500);
  });

  it('IBL-EXTERNAL-ID: is an external_id that any platform has', async () => {
    await ibl.create({ external_id: 'once' });
    const again = await ibl.create({
      external_id: 'once',
      platform_key: 'beta',
      program_key: 'law',
    });
    expect(again).toMatchObject({
      status: 400,
      body: { external_id: ['This field must be unique.'] },
    });
    expect(again.ledger).toContain('IBL-EXTERNAL-ID');
    expect((await ibl.create({ external_id: null })).status).toBe(200);
    expect((await ibl.create({ external_id: null })).status).toBe(200);
    expect((await ibl.create({ external_id: ' once ' })).status).toBe(400);
  });

  it('is the loser of two that send one external_id at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ibl.create({ external_id: 'race' })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(400)]);
    expect((await ibl.list('external_id=race')).body['count']).toBe(1);
  });
});
