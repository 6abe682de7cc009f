/** Alice's licenses: read, search and update. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failuresOf } from '../support/alice-client.ts';
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
  type AliceAnswer,
} from '../support/alice-http.ts';

let alice: Alice;
beforeAll(async () => {
  alice = await openAlice();
});
afterAll(() => alice.stop());

const unknown = '0b7c5a1e-6f0d-4c39-8a52-3d9e1f7b2c49';
const errors = (answer: AliceAnswer) => failuresOf({ ...answer, body: answer.text } as never);

describe('one license', () => {
  it('ALICE-LICENSE-RESPONSE: is read with what an update can change of it', async () => {
    const at = await alice.start({ licenses: [license({ OwnerId: userId(9), Grade: '7' })] });
    const { status, body, ledger } = await at.get();
    expect(status).toBe(200);
    expect(ledger).toContain('ALICE-LICENSE-RESPONSE');
    expect(body).toMatchObject({ IsSuccess: true, Errors: [] });
    expect(Object.keys(body['Data'] as object).slice(0, 8)).toEqual([
      'Id',
      'LicenseName',
      'ContactEmail',
      'ContactPersonName',
      'ContactPhone',
      'UserGroup',
      'Owner',
      'ProductGroup',
    ]);
    expect(body['Data']).toMatchObject({
      Id: LICENSE,
      LicenseName: 'Reading room',
      UserGroup: { Id: GROUP },
      Owner: { Id: userId(9) },
      ProductGroup: { Products: [{ Isbn: ISBN }] },
      AvailableSeats: 2,
      Grade: '7',
      IsPaused: false,
      EndDate: '2027-08-31T00:00:00Z',
    });
  });

  it('ALICE-INDEX: is in the index at once, also after a change', async () => {
    const at = await alice.start({ licenses: [license({ UserIds: [userId(1)] })] });
    const { body, ledger } = await at.index();
    expect(ledger).toContain('ALICE-INDEX');
    expect(Object.keys(body)).toEqual(['Data', 'Errors']);
    expect(body['Data']).toMatchObject({
      Id: LICENSE,
      UserIds: [userId(1)],
      ProductIsbns: [ISBN],
      Buffer: 0,
      ModifiedAt: null,
    });
    await at.update(update({ AvailableSeats: 7 }));
    expect((await at.index()).body['Data']).toMatchObject({
      AvailableSeats: 7,
      ModifiedAt: '2026-11-21T09:30:00Z',
    });
  });

  it('ALICE-INDEX: is in an index that lags five seconds later, by the clock', async () => {
    const at = await alice.start({ licenses: [license()] }, { 'ALICE-INDEX': 'lags' });
    expect((await at.index()).body['Data']).toBeNull();
    await at.update(update());
    expect((await at.index()).body['Data']).toBeNull();
    await at.advance('PT5S');
    const named = async () => (await at.index()).body['Data']?.Name;
    expect(await named()).toBe('Reading room');
    await at.update(update({ LicenseName: 'Annex' }));
    await at.update(update({ LicenseName: 'Attic' }));
    expect(await named()).toBe('Reading room');
    expect((await at.get()).body['Data']?.LicenseName).toBe('Attic');
    await at.advance('PT4S');
    expect(await named()).toBe('Reading room');
    await at.advance('PT1S');
    expect(await named()).toBe('Attic');
  });

  it('ALICE-UNKNOWN-LICENSE: is told to be unknown inside the envelope', async () => {
    const at = await alice.start();
    const said = ['The license does not exist.'];
    const got = await at.get(unknown);
    expect(got).toMatchObject({ status: 200 });
    expect(got.body).toEqual({ IsSuccess: false, Errors: said, Data: null });
    expect((await at.index(unknown)).body).toEqual({ Data: null, Errors: said });
    const updated = await at.update(update(), unknown);
    expect(updated.status).toBe(200);
    expect(errors(updated)).toMatchObject([{ PropertyName: 'LicenseId', ErrorMessage: said[0] }]);
  });

  it('ALICE-MADE-CONTENT: names the same group alike everywhere', async () => {
    const names = await Promise.all(
      ['one', 'two'].map(async () => {
        const at = await alice.start({ licenses: [license()] });
        const { body } = await at.get();
        return body['Data']?.UserGroup.Name;
      }),
    );
    expect(names[0]).toMatch(/School/);
    expect(names[1]).toBe(names[0]);
  });

  it('ALICE-ACCOUNT: is of one account', async () => {
    const at = await alice.start({ licenses: [license(), license({ id: unknown })] });
    const accounts = rowsOf(await at.search()).map((row) => row.AccountId);
    expect(new Set(accounts).size).toBe(1);
    expect((await at.index()).body['Data']?.AccountId).toBe(accounts[0]);
  });

  it('ALICE-URI-BINDING: has a GUID in any form that .NET reads; else 400, after credentials', async () => {
    const credentials = [{ header: 'key', token: 'good' }];
    const at = await alice.start({ licenses: [license()], credentials });
    const good = { key: 'good' };
    for (const form of [LICENSE.toUpperCase(), `{${LICENSE}}`, LICENSE.replaceAll('-', '')]) {
      const { body } = await at.ask(`GET /api/licenses/${form}`, undefined, good);
      expect(body['Data']?.Id, form).toBe(LICENSE);
    }
    expect((await at.ask('GET /api/licenses/7')).status).toBe(401);
    const answer = await at.ask('GET /api/licenses/7', undefined, good);
    expect(answer).toMatchObject({ status: 400, body: { Message: 'The request is invalid.' } });
    expect(answer.ledger).toContain('ALICE-URI-BINDING');
    const put = await at.ask('PUT /api/licenses/7', { PageSize: {} }, good);
    expect(put.text).toBe('{"Message":"The request is invalid."}');
    const text = { ...good, 'content-type': 'text/plain' };
    expect((await at.ask('PUT /api/licenses/7', 'x', text)).status).toBe(415);
  });

  it('ALICE-URI-BINDING: with error detail says which parameter has no value', async () => {
    const at = await alice.start({}, { 'ALICE-ERROR-DETAIL': 'always' });
    expect((await at.ask('GET /api/licenses/7')).body['MessageDetail']).toContain(
      "null entry for parameter 'id' of non-nullable type 'System.Guid'",
    );
  });

  it('is at a path that a literal one wins over', async () => {
    const at = await alice.start();
    const add = await at.ask('GET /api/licenses/add');
    expect(add.status).toBe(405);
    expect(add.headers.get('allow')).toBe('POST');
    const other = await at.ask(`DELETE /api/licenses/${LICENSE}`);
    expect(other.headers.get('allow')).toBe('GET, PUT');
    expect((await at.ask('GET /api/LICENSES')).status).toBe(405);
  });

  it('ALICE-DELETED: is only in the index once it is deleted', async () => {
    const at = await alice.start({ licenses: [license({ IsDeleted: true })] });
    expect((await at.get()).body).toMatchObject({ IsSuccess: false });
    expect((await at.search()).body).toMatchObject({ Data: [], Total: 0 });
    const byIsbn = { Filters: { Isbn: { Value: ISBN } } };
    expect((await at.search(byIsbn)).body).toMatchObject({ Data: [], Total: 0 });
    expect(errors(await at.update(update()))).toHaveLength(1);
    expect((await at.access(1)).body['IsValid']).toBe(false);
    expect((await at.products(1)).body).toEqual([]);
    const { body, ledger } = await at.index();
    expect(body['Data']?.IsDeleted).toBe(true);
    expect(ledger).toContain('ALICE-DELETED');
  });

  it('ALICE-XML-CLASSES: is written by the data contracts of its classes', async () => {
    const at = await alice.start({ licenses: [license({ UserIds: [userId(1)], Buffer: 1 })] });
    const xml = { accept: 'application/xml' };
    const { text } = await at.ask(`GET /api/licenseDtoIndex/${LICENSE}`, undefined, xml);
    const dtos = 'http://schemas.datacontract.org/2004/07/Alice.Dto.Dtos';
    const core = 'http://schemas.datacontract.org/2004/07/Alice.Dto.Core';
    const arrays = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
    expect(text).toMatch(
      new RegExp(
        String.raw`^<ApiResponseOfLicenseDto\w{8} xmlns:i="[^"]*" xmlns="${core}"><Data xmlns:d2p1="${dtos}"><d2p1:AccessType>0</d2p1:AccessType>`,
      ),
    );
    expect(text).toContain(
      `<d2p1:UserIds xmlns:d3p1="${arrays}"><d3p1:guid>${userId(1)}</d3p1:guid></d2p1:UserIds>`,
    );
    expect(text).toContain('<d2p1:ModifiedAt i:nil="true" />');
    const nothing = await at.ask(`GET /api/licenses/${unknown}`, undefined, xml);
    expect(nothing.text).toContain('<Data xmlns:d2p1=');
    expect(nothing.text).toContain(' i:nil="true" /><Errors xmlns:d2p1=');
  });
});

describe('an update', () => {
  it('changes what it names, and not the type, titles and comment', async () => {
    const kept = { LicenseType: 3, AccessType: 4, CommentText: 'kept' };
    const at = await alice.start({ licenses: [license(kept)] });
    const answer = await at.update(
      update({ LicenseName: 'Annex', UserGroupId: OTHER_GROUP, AvailableSeats: 5, Grade: '8' }),
    );
    expect(answer.body).toEqual({ errors: [] });
    expect(answer.warnings).toBe(0);
    expect((await at.get()).body['Data']).toMatchObject({
      LicenseName: 'Annex',
      UserGroup: { Id: OTHER_GROUP },
      AvailableSeats: 5,
      Grade: '8',
      LicenseType: 3,
      AccessType: 4,
      ProductGroup: { Products: [{ Isbn: ISBN }] },
    });
    const { text } = await at.state();
    expect(text).toContain('kept');
  });

  it('ALICE-PARTIAL-UPDATE: empties what it leaves out, with a warning for each', async () => {
    const at = await alice.start({ licenses: [license({ Grade: '7', IsPaused: true })] });
    const { body, warnings, ledger } = await at.update({
      LicenseName: 'Annex',
      UserGroupId: GROUP,
      AvailableSeats: 2,
    });
    expect(body).toEqual({ errors: [] });
    expect(warnings).toBe(13);
    expect(ledger).toContain('ALICE-PARTIAL-UPDATE');
    expect((await at.get()).body['Data']).toMatchObject({
      Grade: null,
      IsPaused: false,
      StartDate: null,
      Owner: null,
    });
  });

  it('ALICE-PARTIAL-UPDATE: without seats is refused by the rules, and changes nothing', async () => {
    const at = await alice.start({ licenses: [license()] });
    const answer = await at.update({ LicenseName: '', UserGroupId: GROUP });
    expect(errors(answer).map(({ PropertyName }) => PropertyName)).toEqual([
      'LicenseName',
      'AvailableSeats',
    ]);
    expect((await at.get()).body['Data']).toMatchObject({ AvailableSeats: 2 });
  });

  it('ALICE-PARTIAL-UPDATE, ALICE-UPDATE-ID: is refused in profile strict, with the reasons', async () => {
    const at = await alice.start({ licenses: [license()] }, {}, 'strict');
    const { IsPaused: _, ...partial } = update({ LicenseId: unknown, AvailableSeats: 9 });
    const { status, body } = await at.update(partial);
    expect(status).toBe(400);
    expect(body['ModelState']).toEqual({
      'request.LicenseId': [expect.stringContaining('the path counts')],
      'request.IsPaused': ['IsPaused is left out; the vendor then stores false.'],
    });
    expect((await at.get()).body['Data']).toMatchObject({ AvailableSeats: 2 });
    expect((await at.update(update())).body).toEqual({ errors: [] });
  });

  it('ALICE-UPDATE-ID: is of the license in the path, whatever the body says', async () => {
    const at = await alice.start({ licenses: [license(), license({ id: unknown })] });
    const answer = await at.update(update({ LicenseId: unknown, LicenseName: 'Annex' }));
    expect(answer).toMatchObject({ status: 200, warnings: 1 });
    expect(answer.ledger).toContain('ALICE-UPDATE-ID');
    expect((await at.get()).body['Data']?.LicenseName).toBe('Annex');
    expect((await at.get(unknown)).body['Data']?.LicenseName).toBe('Reading room');
  });

  it('ALICE-UPDATE-ANSWER: can be answered in an envelope', async () => {
    const settings = { 'ALICE-UPDATE-ANSWER': 'api-response' };
    const at = await alice.start({ licenses: [license()] }, settings);
    expect((await at.update(update())).body).toEqual({ IsSuccess: true, Errors: [], Data: null });
    expect((await at.update(update({ AvailableSeats: 0 }))).body).toEqual({
      IsSuccess: false,
      Errors: ["'Available Seats' must be greater than '0'."],
      Data: null,
    });
    const { text } = await at.ask(`PUT /api/licenses/${LICENSE}`, update(), {
      accept: 'application/xml',
    });
    expect(text).toMatch(/^<ApiResponseOf/);
  });

  it('ALICE-SEATS-BELOW-TAKEN: to fewer seats than are taken leaves them, and gives no other', async () => {
    const at = await alice.start({ licenses: [license({ TakenSeats: 2 })] });
    expect((await at.update(update({ AvailableSeats: 1 }))).body).toEqual({ errors: [] });
    expect((await at.index()).body['Data']?.UserIds).toHaveLength(2);
    expect((await at.access(1)).body['IsValid']).toBe(false);
    await at.update(update({ AvailableSeats: 3 }));
    expect((await at.access(1)).body['IsValid']).toBe(true);
  });

  it('in XML binds booleans and lists, and is sent null as a 500', async () => {
    const at = await alice.start({ licenses: [license()] });
    const namespaces =
      'xmlns="http://schemas.datacontract.org/2004/07/Alice.Dto.Requests" xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"';
    const type = { 'content-type': 'application/xml' };
    const body = `<UpdateLicenseRequest ${namespaces}><AllowableUserRoles><a:guid>${GROUP}</a:guid></AllowableUserRoles><AvailableSeats>4</AvailableSeats><IsPaused>true</IsPaused><LicenseName>Annex</LicenseName><UserGroupId>${GROUP}</UserGroupId></UpdateLicenseRequest>`;
    const answer = await at.ask(`PUT /api/licenses/${LICENSE}`, body, type);
    expect(answer.body).toEqual({ errors: [] });
    expect((await at.get()).body['Data']).toMatchObject({
      IsPaused: true,
      AvailableSeats: 4,
      AllowableUserRoles: [GROUP],
    });
    const wrong = body.replace('>true<', '>maybe<');
    expect((await at.ask(`PUT /api/licenses/${LICENSE}`, wrong, type)).status).toBe(400);
    expect((await at.ask(`PUT /api/licenses/${LICENSE}`)).status).toBe(500);
  });
});

describe('a search', () => {
  const many = () => ({
    licenses: Array.from({ length: 12 }, (_, index) =>
      license({
        id: userId(index + 1),
        Name: `License ${index + 1}`,
        Isbns: [ISBN, `978000000000${index % 3}`],
        OwnerId: userId(index % 2),
        LicenseType: index % 2,
        EndDate: `2027-01-${String(28 - index).padStart(2, '0')}T00:00:00Z`,
        IsPaused: index === 3,
        TargetUserGroupId: index < 6 ? GROUP : OTHER_GROUP,
      }),
    ),
  });
  const names = (answer: AliceAnswer) => rowsOf(answer).map(({ Name }) => Number(Name.slice(8)));
  const filter = (key: string, Value: string) => ({
    PageSize: 100,
    Filters: { [key]: { Value, FilterType: 0 } },
  });

  it('ALICE-SEARCH-ANSWER: answers an envelope that repeats what was asked', async () => {
    const at = await alice.start(many());
    const { body, ledger } = await at.search({
      Filters: { Paused: { Value: 'true' } },
      SortFields: { EndDate: 1 },
      PageSize: 5,
    });
    expect(ledger).toContain('ALICE-SEARCH-ANSWER');
    expect(Object.keys(body)).toEqual([
      'IsSuccess',
      'Errors',
      'Data',
      'Filters',
      'SortFields',
      'AvailablePageSizes',
      'PageSize',
      'PageIndex',
      'Total',
    ]);
    expect(body).toMatchObject({
      IsSuccess: true,
      Filters: { Paused: { Value: 'true', FilterType: 0 } },
      SortFields: { EndDate: 1 },
      PageSize: 5,
      PageIndex: 0,
      Total: 1,
    });
  });

  it('ALICE-PAGE-SIZE, ALICE-PAGE-INDEX: has each license on one page, in the order they were made', async () => {
    const at = await alice.start(many());
    expect(names(await at.search())).toHaveLength(10);
    const pages = await Promise.all(
      [0, 1, 2, 3].map(async (PageIndex) => names(await at.search({ PageSize: 5, PageIndex }))),
    );
    expect(pages).toEqual([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12], []]);
    expect(names(await at.search({ PageSize: -1, PageIndex: -7 }))).toHaveLength(10);
  });

  it('pages each license once while others are added', async () => {
    const at = await alice.start(many());
    const seen: number[] = [];
    for (let PageIndex = 0; PageIndex < 4; PageIndex += 1) {
      const [page] = await Promise.all([
        at.search({ PageSize: 4, PageIndex }),
        at.add({ Name: 'License 99', AvailableSeats: 1, TargetUserGroupId: GROUP }),
      ]);
      seen.push(...names(page).filter((each) => each !== 99));
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it.each([
    ['Isbn', '9780000000001', [2, 5, 8, 11]],
    ['ProductIsbn', '9780000000001', [2, 5, 8, 11]],
    ['isbn', '97800000000', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    ['OwnerId', userId(1), [2, 4, 6, 8, 10, 12]],
    ['LicenseTypeId', '1', [2, 4, 6, 8, 10, 12]],
    ['Paused', 'True', [4]],
    ['EndDate', '2027-01-2', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['TargetIdentifier', OTHER_GROUP.toUpperCase(), [7, 8, 9, 10, 11, 12]],
    ['TargetName', 'no such school', []],
    ['Isbn', '', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  ])('ALICE-SEARCH-FILTERS: %s %s finds %j', async (key, value, found) => {
    const at = await alice.start(many());
    const answer = await at.search(filter(key, value));
    expect(names(answer)).toEqual(found);
    expect(answer.body['Total']).toBe(found.length);
    expect(answer.warnings).toBe(0);
  });

  it('ALICE-SEARCH-FILTERS: all must fit', async () => {
    const at = await alice.start(many());
    const Filters = {
      Isbn: { Value: '9780000000001' },
      LicenseType: { Value: '1' },
      Paused: { Value: 'false' },
    };
    const answer = await at.search({ Filters, SortFields: { EndDate: 1 }, PageSize: 1 });
    expect(names(answer)).toEqual([8]);
    expect(answer.body['Total']).toBe(2);
  });

  it('ALICE-SEARCH-KEYS: an unknown key, and one of which nothing is kept, is a warning', async () => {
    const at = await alice.start(many());
    const answer = await at.search({
      Filters: { Colour: { Value: 'red' }, TopicName: { Value: 'x' } },
      SortFields: { Colour: 1, EndDate: 1 },
      FilterIsbn: 'ProductIsbn',
      PageSize: 2,
    });
    expect(names(answer)).toEqual([12, 11]);
    expect(answer.warnings).toBe(3);
    expect(answer.ledger).toContain('ALICE-SEARCH-KEYS');
  });

  it('ALICE-SEARCH-ENUMS: sorts up and down, by number or name', async () => {
    const at = await alice.start(many());
    expect(names(await at.search({ SortFields: { EndDate: 1 }, PageSize: 3 }))).toEqual([
      12, 11, 10,
    ]);
    const named = await at.search({ SortFields: { enddate: 'descending' }, PageSize: 3 });
    expect(names(named)).toEqual([1, 2, 3]);
    expect(named.ledger).toContain('ALICE-SEARCH-ENUMS');
    expect(names(await at.search({ SortFields: { EndDate: 0 }, PageSize: 2 }))).toEqual([1, 2]);
  });

  it('reads filters in XML, inherited members first', async () => {
    const at = await alice.start(many());
    const contracts = 'http://schemas.datacontract.org/2004/07';
    const core = `xmlns="${contracts}/Alice.Dto.Core"`;
    const arrays = 'xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"';
    const entry = `<a:KeyValueOfstringFilterValueAbc><a:Key>Isbn</a:Key><a:Value xmlns:c="${contracts}/Alice.Dto.Core"><c:FilterType>None</c:FilterType><c:Value>9780000000001</c:Value></a:Value></a:KeyValueOfstringFilterValueAbc>`;
    const order =
      '<a:KeyValueOfstringOrderTypeAbc><a:Key>EndDate</a:Key><a:Value>Ascending</a:Value></a:KeyValueOfstringOrderTypeAbc>';
    const body = `<GetLicensesRequest xmlns="${contracts}/Alice.Dto.Requests"><Filters ${core} ${arrays}>${entry}</Filters><PageSize ${core}>3</PageSize><SortFields ${core} ${arrays}>${order}</SortFields></GetLicensesRequest>`;
    const headers = { 'content-type': 'application/xml' };
    const answer = await at.ask('POST /api/licenses', body, headers);
    expect(names(answer)).toEqual([11, 8, 5]);
    expect(answer.warnings).toBe(0);
    const { text } = await at.ask('POST /api/licenses', body, { ...headers, accept: 'text/xml' });
    expect(text).toMatch(/^<ApiCollectionResponseOfArrayOfLicenseDto\w{8} /);
    expect(text).toMatch(
      /<d2p1:Key>Isbn<\/d2p1:Key><d2p1:Value><FilterType>None<\/FilterType>|<d2p1:Value xmlns:d4p1="[^"]*Core"><d4p1:FilterType>None/,
    );
    expect(text).toContain('<d2p1:Value>Ascending</d2p1:Value>');
    const wrong = body.replace('>None<', '>7<');
    expect((await at.ask('POST /api/licenses', wrong, headers)).status).toBe(400);
  });

  it('says where a nested value does not bind, and ignores nested names that are not known', async () => {
    const at = await alice.start(many());
    const wrong = { Filters: { Isbn: { Value: 'x', FilterType: 'nope' } }, PageIndex: 'one' };
    expect((await at.search(wrong)).body['ModelState']).toEqual({
      'request.Filters.Isbn.FilterType': ['An error has occurred.'],
      'request.PageIndex': ['An error has occurred.'],
    });
    const odd = await at.search({ Filters: { Isbn: { Value: '9780000000001', Colour: 1 } } });
    expect(odd).toMatchObject({ status: 200, warnings: 1 });
    expect((await at.ask('POST /api/licenses', 'null')).status).toBe(500);
  });

  it("ALICE-USER-SEARCH: in a user's structure has a row for each title of their licenses", async () => {
    const users = [{ id: userId(1), groups: [OTHER_GROUP] }];
    const licenses = [
      license({ UserIds: [userId(1)], Isbns: [ISBN, '9780131103627'] }),
      license({ id: unknown, TargetUserGroupId: OTHER_GROUP, Isbns: [], IsPaused: true }),
      license({ id: userId(77), Isbns: ['9780201633610'] }),
    ];
    const at = await alice.start({ users, licenses });
    const { body, ledger } = await at.searchUser(1);
    expect(ledger).toContain('ALICE-USER-SEARCH');
    expect(body).toMatchObject({
      Total: 3,
      Data: [
        { Id: LICENSE, Isbn: ISBN, IsActive: true },
        { Id: LICENSE, Isbn: '9780131103627', IsActive: true },
        { Id: unknown, Isbn: null, IsActive: false },
      ],
    });
    const active = await at.searchUser(1, {
      SearchBy: [{ Key: 'IsActive', Value: true, Type: 0 }],
      SortBy: [{ Key: 'Isbn', Order: 1 }],
      PageSize: 1,
      PageIndex: 1,
    });
    expect(active.body).toMatchObject({ Total: 2, Data: [{ Isbn: ISBN }] });
    const odd = await at.searchUser(1, { SearchBy: [{ Key: 'Colour', Value: 'red' }] });
    expect(odd.body['Total']).toBe(3);
    expect(odd.warnings).toBe(1);
    expect((await at.searchUser(2)).body).toMatchObject({ Total: 0, Data: [] });
  });
});
