/** Alice's seats: who gets one, who does not, and how many there are. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  GROUP,
  ISBN,
  LICENSE,
  license,
  openAlice,
  OTHER_GROUP,
  rowsOf,
  update,
  userId,
  type Alice,
  type AliceSandbox,
} from '../support/alice-http.ts';
import { runs } from '../support/runs.ts';

let alice: Alice;
beforeAll(async () => {
  alice = await openAlice();
});
afterAll(() => alice.stop());

const ROLE = '45cbe653-dd87-496a-9050-38964c3aa0ee';

type Step =
  | { readonly kind: 'ask'; readonly user: number }
  | { readonly kind: 'seats'; readonly seats: number }
  | { readonly kind: 'pause'; readonly isPaused: boolean };

type Model = { seats: number; isPaused: boolean; readonly holders: Set<string> };

/** Takes a step in both; gives what the mock answered, and what the model would have. */
async function take(at: AliceSandbox, model: Model, step: Step) {
  if (step.kind === 'ask') {
    const hasSeat = model.holders.size < model.seats || model.holders.has(userId(step.user));
    const isValid = !model.isPaused && hasSeat;
    if (isValid) model.holders.add(userId(step.user));
    return { answered: (await at.access(step.user)).body['IsValid'], expected: isValid };
  }
  if (step.kind === 'seats') model.seats = step.seats;
  else model.isPaused = step.isPaused;
  const values = { AvailableSeats: model.seats, IsPaused: model.isPaused };
  return { answered: (await at.update(update(values))).body, expected: { errors: [] } };
}

describe('asking for a license', () => {
  it('ALICE-TAKES-SEAT: takes a seat once, and none beyond the last', async () => {
    const at = await alice.start({ licenses: [license()] });
    expect((await at.access(1)).body).toEqual({
      IsValid: true,
      Message: null,
      InstitutionId: GROUP,
      InstitutionName: expect.any(String) as string,
      LicenseType: 0,
      AccessType: 0,
      ClassName: null,
      GradeLevel: null,
      UserId: userId(1),
      UserType: 0,
    });
    await at.access(1);
    expect((await at.index()).body['Data']?.UserIds).toEqual([userId(1)]);
    expect((await at.access(2)).body['IsValid']).toBe(true);
    const third = await at.access(3);
    expect(third.status).toBe(200);
    expect(third.body).toMatchObject({
      IsValid: false,
      Message: 'All seats of the license are taken.',
      InstitutionId: null,
    });
    // Who has a seat keeps it.
    expect((await at.access(1)).body['IsValid']).toBe(true);
    expect((await at.index()).body['Data']?.UserIds).toEqual([userId(1), userId(2)]);
  });

  it('ALICE-ACCESS-ANSWER: says no with 200, and shows what is known of the user', async () => {
    const users = [{ id: userId(1), groups: [GROUP], className: '7.B', gradeLevel: '7', type: 2 }];
    const at = await alice.start({ users, licenses: [license({ Isbns: ['9780131103627'] })] });
    const { status, body, ledger } = await at.access(1);
    expect(status).toBe(200);
    expect(ledger).toContain('ALICE-ACCESS-ANSWER');
    expect(body).toMatchObject({
      IsValid: false,
      Message: 'The user has no license for this product.',
      ClassName: '7.B',
      GradeLevel: '7',
      UserType: 2,
    });
  });

  it('ALICE-BUFFER: counts the buffer as seats, unless it gives none', async () => {
    const section = { licenses: [license({ AvailableSeats: 1, Buffer: 1 })] };
    const at = await alice.start(section);
    const valid = async (sandbox: typeof at) =>
      [await sandbox.access(1), await sandbox.access(2), await sandbox.access(3)].map(
        ({ body }) => body['IsValid'],
      );
    expect(await valid(at)).toEqual([true, true, false]);
    const without = await alice.start(section, { 'ALICE-BUFFER': 'none' });
    expect(await valid(without)).toEqual([true, false, false]);
  });

  it('ALICE-EXPIRY: fails before the start and after the end, by the clock', async () => {
    const at = await alice.start({
      licenses: [license({ StartDate: '2026-11-22T00:00:00Z', EndDate: '2026-12-01T00:00:00Z' })],
    });
    expect((await at.access(1)).body['Message']).toBe('The license has not started.');
    await at.advance('P2D');
    expect((await at.access(1)).body['IsValid']).toBe(true);
    expect((await at.products(1)).body).toHaveLength(1);
    await at.advance('P10D');
    const ended = await at.access(1);
    expect(ended.body).toMatchObject({ IsValid: false, Message: 'The license has ended.' });
    expect(ended.ledger).toContain('ALICE-EXPIRY');
    expect((await at.products(1)).body).toEqual([]);
    await at.update(update({ EndDate: '2028-01-01T00:00:00Z' }));
    expect((await at.access(1)).body['IsValid']).toBe(true);
  });

  it('ALICE-PAUSED: fails while the license is paused; seats stay', async () => {
    const at = await alice.start({ licenses: [license()] });
    await at.access(1);
    await at.update(update({ IsPaused: true }));
    const paused = await at.access(1);
    expect(paused.body).toMatchObject({ IsValid: false, Message: 'The license is paused.' });
    expect(paused.ledger).toContain('ALICE-PAUSED');
    expect((await at.access(2)).body['Message']).toBe('The license is paused.');
    expect((await at.index()).body['Data']?.UserIds).toEqual([userId(1)]);
    await at.update(update());
    expect((await at.access(1)).body['IsValid']).toBe(true);
  });

  it('ALICE-MEMBERSHIP: is for the groups and roles of a user that the scenario knows', async () => {
    const users = [
      { id: userId(1), groups: [GROUP], roles: [ROLE] },
      { id: userId(2), groups: [GROUP] },
      { id: userId(3), groups: [OTHER_GROUP], roles: [ROLE] },
    ];
    const licenses = [license({ AvailableSeats: 9, AllowableUserRoles: [ROLE] })];
    const at = await alice.start({ users, licenses });
    const valid = async (user: number, query = '') =>
      (await at.access(user, query)).body['IsValid'];
    expect([await valid(1), await valid(2), await valid(3)]).toEqual([true, false, false]);
    expect(await valid(4)).toBe(true);
    expect(await valid(5, `&institutionNumber=${OTHER_GROUP}`)).toBe(false);
    expect(await valid(5, `&institutionNumber=${GROUP}`)).toBe(true);
    const { body } = await at.get();
    const number = body['Data']?.UserGroup.InstitutionNumber;
    expect(await valid(6, `&institutionNumber=${number}`)).toBe(true);
    expect(await valid(7, '&institutionNumber=nowhere')).toBe(false);
    const closed = await alice.start({ users, licenses }, { 'ALICE-MEMBERSHIP': 'members' });
    expect((await closed.access(1)).body['IsValid']).toBe(true);
    expect((await closed.access(4)).body['IsValid']).toBe(false);
  });

  it('goes on to the next license of the product once one is full', async () => {
    const licenses = [
      license({ AvailableSeats: 1 }),
      license({ id: userId(100), AvailableSeats: 1, IsPaused: true }),
      license({ id: userId(101), AvailableSeats: 1, LicenseType: 5 }),
    ];
    const at = await alice.start({ licenses });
    await at.access(1);
    expect((await at.access(2)).body).toMatchObject({ IsValid: true, LicenseType: 5 });
    expect((await at.access(3)).body).toMatchObject({
      IsValid: false,
      Message: 'The license is paused.',
    });
  });

  it('gives each seat once to those who ask at the same time', async () => {
    const at = await alice.start({ licenses: [license({ AvailableSeats: 10 })] });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => at.access(index % 30)),
    );
    const valid = answers.filter(({ body }) => body['IsValid'] === true);
    const winners = new Set(valid.map(({ body }) => body['UserId']));
    expect(winners.size).toBe(10);
    expect((await at.index()).body['Data']?.UserIds).toEqual([...winners].toSorted());
    const { body } = await at.products(99, `&institutionNumber=${GROUP}&includeLicenses=true`);
    expect(body).toMatchObject([{ Licenses: [{ AvailableSeats: 10, TakenSeats: 10 }] }]);
  });

  it('counts as a simple model does, whatever is asked and changed', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('ask' as const), user: fc.nat(7) }),
      fc.record({ kind: fc.constant('seats' as const), seats: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ kind: fc.constant('pause' as const), isPaused: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const at = await alice.start({ licenses: [license()] });
        const model = { seats: 2, isPaused: false, holders: new Set<string>() } satisfies Model;
        for (const each of steps) {
          const { answered, expected } = await take(at, model, each);
          expect(answered).toEqual(expected);
          const { body } = await at.index();
          expect(body['Data']?.UserIds).toEqual([...model.holders].toSorted());
        }
      }),
      { numRuns: runs(15) },
    );
  });

  it('ALICE-URI-BINDING: needs its parameters, in any letter case; 404 comes before credentials', async () => {
    const credentials = [{ header: 'key', token: 'good' }];
    const at = await alice.start({ licenses: [license()], credentials });
    const path = 'GET /api/GetLicenseAnonymized';
    const good = { key: 'good' };
    const missing = await at.ask(`${path}?userId=${userId(1)}`);
    expect(missing.status).toBe(404);
    expect(missing.ledger).toContain('ALICE-URI-BINDING');
    const named = `${path}?USERID=${userId(1)}&productkey=${ISBN}`;
    expect((await at.ask(named)).status).toBe(401);
    expect(await at.ask(named, undefined, good)).toMatchObject({ status: 200, warnings: 2 });
    const wrong = await at.ask(`${path}?userId=7&productKey=${ISBN}`, undefined, good);
    expect(wrong.text).toBe('{"Message":"The request is invalid."}');
    const empty = await at.ask(`${path}?userId=${userId(1)}&productKey=`, undefined, good);
    expect(empty.body['IsValid']).toBe(false);
    const odd = `${path}?userId=${userId(1)}&productKey=${ISBN}&classLevel=x&colour=red&productKey=2`;
    expect(await at.ask(odd, undefined, good)).toMatchObject({ status: 200, warnings: 3 });
  });

  it('ALICE-FORMATTERS: is answered in XML where nothing asks for JSON', async () => {
    const at = await alice.start({ licenses: [license()] });
    const path = `GET /api/GetLicenseAnonymized?userId=${userId(1)}&productKey=${ISBN}`;
    const answer = await at.ask(path, undefined, { accept: '*/*' });
    expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(answer.ledger).toContain('ALICE-FORMATTERS');
    expect(answer.text).toMatch(
      /^<LicenseBaseResponse xmlns:i="[^"]*" xmlns="http:\/\/schemas.datacontract.org\/2004\/07\/Alice.Dto.Responses"><AccessType>0<\/AccessType><ClassName i:nil="true" \/>/,
    );
    expect(answer.text).toContain('<IsValid>true</IsValid>');
    expect((await at.ask(path)).ledger).not.toContain('ALICE-FORMATTERS');
  });
});

describe('the titles of a user', () => {
  it('ALICE-PRODUCTS: are those of the group that is named and of the seats of the user', async () => {
    const licenses = [
      license({ StartDate: null, Isbns: [ISBN, '9780131103627'] }),
      license({ id: userId(100), SeatUserGroupIds: [GROUP], TargetUserGroupId: OTHER_GROUP }),
      license({
        id: userId(101),
        TargetUserGroupId: OTHER_GROUP,
        Isbns: ['9780201633610'],
        UserIds: [userId(1)],
      }),
    ];
    const at = await alice.start({ licenses });
    const { body, ledger } = await at.products(1);
    expect(ledger).toContain('ALICE-PRODUCTS');
    expect(body).toEqual([
      {
        Isbn: ISBN,
        ProductAccessStartDate: null,
        ProductAccessEndDate: '2027-08-31T00:00:00Z',
        Licenses: [],
      },
      expect.objectContaining({ Isbn: '9780131103627' }),
      expect.objectContaining({ Isbn: '9780201633610' }),
    ]);
    const query = `&institutionNumber=${GROUP}&isbn=${ISBN}&includeLicenses=true`;
    const one = (await at.products(2, query)).body;
    expect(one).toHaveLength(1);
    expect(one).toMatchObject([
      { Licenses: [{ Id: LICENSE, TakenSeats: 0 }, { Id: userId(100) }] },
    ]);
    expect((await at.products(2, '&institutionNumber=nowhere')).body).toEqual([]);
    expect((await at.products(2, '')).status).toBe(404);
  });

  it('are an array in XML as well', async () => {
    const at = await alice.start({ licenses: [license({ UserIds: [userId(1)] })] });
    const path = `GET /api/products/getForUser?userId=${userId(1)}&institutionNumber=${GROUP}`;
    const { text } = await at.ask(`${path}&includeLicenses=true`, undefined, {
      accept: 'text/xml',
    });
    expect(text).toMatch(
      /^<ArrayOfGetLicensedProductResponse xmlns:i="[^"]*" xmlns="[^"]*Alice.Dto.Responses.Product"><GetLicensedProductResponse><Isbn>9780306406157<\/Isbn><Licenses xmlns:d3p1="[^"]*Alice.Dto.Dtos"><d3p1:ProductLicenseDto>/,
    );
    expect(text).toContain('<d3p1:TakenSeats>1</d3p1:TakenSeats>');
  });
});

it('from adding a license to its end', async () => {
  const at = await alice.start();
  const added = { Name: 'Spring', AvailableSeats: 1, TargetUserGroupId: GROUP, Isbns: [ISBN] };
  expect((await at.add(added)).body).toEqual({ errors: [] });
  const [found] = rowsOf(await at.search({ Filters: { Isbn: { Value: ISBN } } }));
  const id = found?.Id;
  expect((await at.access(1)).body['IsValid']).toBe(true);
  expect((await at.access(2)).body['IsValid']).toBe(false);
  await at.update(update({ AvailableSeats: 2, EndDate: '2026-12-01T00:00:00Z' }), id);
  expect((await at.access(2)).body['IsValid']).toBe(true);
  expect((await at.index(id)).body['Data']?.UserIds).toEqual([userId(1), userId(2)]);
  await at.advance('P1M');
  expect((await at.access(1)).body['IsValid']).toBe(false);
});

it('is all in an exported state', async () => {
  const users = [{ id: userId(1), groups: [GROUP], roles: [ROLE], className: '7.B' }];
  const licenses = [
    license({ UserIds: [userId(1)], IsPaused: true }),
    license({ id: userId(5), IsDeleted: true }),
  ];
  const at = await alice.start({ users, licenses });
  await at.update(update());
  const { body } = await at.state();
  const section = body['alice'] as Record<string, object[]>;
  const copy = await alice.start(section);
  expect((await copy.state()).body['alice']).toEqual(section);
  expect((await copy.index()).text).toBe((await at.index()).text);
});
