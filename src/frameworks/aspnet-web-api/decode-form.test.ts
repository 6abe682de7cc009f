/** The expected values were recorded from Web API's model binding. */
import { describe, expect, it } from 'vitest';
import { licenseRequest } from '../../vendors/alice/license-request.ts';
import { bindModel } from './bind-model.ts';
import { decodeForm } from './decode-form.ts';

const GUID = '6caf4af1-626c-409c-831b-9bc40b09967b';
const ZEROS = '00000000-0000-0000-0000-000000000000';

function read(form: string) {
  const decoded = decodeForm(Buffer.from(form), licenseRequest);
  return {
    ...decoded,
    ...bindModel(decoded.body, 'form', licenseRequest),
    warnings: decoded.tolerated.length,
  };
}

describe('ALICE-FORM-BINDING', () => {
  it.each([
    ['Name=abc&AvailableSeats=3', { Name: 'abc', AvailableSeats: 3 }],
    ['Isbns=1&Isbns=2', { Isbns: ['1', '2'] }],
    ['Isbns[]=1&Isbns[]=2', { Isbns: ['1', '2'] }],
    ['Isbns[0]=1&Isbns[2]=2', { Isbns: ['1'] }],
    ['Isbns[1]=a', { Isbns: [] }],
    ['Isbns[0]=1&Isbns[0]=2&Isbns=3', { Isbns: ['3'] }],
    ['Isbns[0]=a&Isbns[1]=&Isbns[2]=c', { Isbns: ['a', null, 'c'] }],
    ['Isbns=1,2', { Isbns: ['1,2'] }],
    ['Isbns', { Isbns: [null] }],
    [`SeatUserGroupIds[0]=&SeatUserGroupIds[1]=${GUID}`, { SeatUserGroupIds: [ZEROS, GUID] }],
    [
      'Name=%20&Buffer=+&StartDate=&Grade=+x+',
      { Name: null, Buffer: null, StartDate: null, Grade: ' x ' },
    ],
    ['Name=a&Name=b&LicenseType=1&LicenseType=x', { Name: 'a', LicenseType: 1 }],
    ['LicenseType[]=5&Name[]=a', { LicenseType: 5, Name: 'a' }],
    [
      'LicenseType=0x10&AccessType=%2310&AvailableSeats=%26hFFFFFFFF',
      { LicenseType: 16, AccessType: 16, AvailableSeats: -1 },
    ],
    ['Name=a+b%20c%zz%C3%A9%ff', { Name: 'a b c%zzé\ufffd' }],
    ['Name=a&&Grade=b&', { Name: 'a', Grade: 'b' }],
    ['StartDate=2026-03-02T04:02:01Z', { StartDate: '2026-03-02T04:02:01+00:00' }],
  ])('ALICE-FORM-BINDING: %s', (form, body) => {
    const { body: bound, unbound } = read(form);
    expect(bound).toEqual(body);
    expect(unbound).toEqual([]);
  });

  it.each([
    ['LicenseType=&OwnerId=', [['LicenseType'], ['OwnerId']]],
    ['LicenseType=4.0&Buffer=4.7', [['LicenseType'], ['Buffer']]],
    [
      'SeatUserGroupIds=q&SeatUserGroupIds=r',
      [
        ['SeatUserGroupIds', 0],
        ['SeatUserGroupIds', 1],
      ],
    ],
  ])('ALICE-FORM-BINDING: of %s does not bind %j', (form, paths) => {
    expect(read(form).unbound).toEqual(paths);
  });

  it.each([
    'Foo=1',
    'request.Name=p',
    'LicenseType[0]=5',
    'Name.x=a',
    'Isbns.index=x',
    '{"Name":"x"}',
    '=',
  ])('ALICE-FORM-BINDING: %s is ignored, with a warning', (form) =>
    expect(read(form)).toMatchObject({ body: {}, warnings: 1, faults: [] }),
  );

  it('ALICE-FORM-BINDING: a bracket that is not closed is refused', () => {
    expect(read('Isbns[=a').faults).toMatchObject([{ path: [] }]);
  });
});

it('ALICE-FORM-KEYS: 1000 keys are read, 1001 are not', () => {
  expect(read('Isbns=1&'.repeat(1_000)).faults).toEqual([]);
  expect(read('Isbns=1&'.repeat(1_001)).faults).toMatchObject([{ row: 'FORM-KEYS' }]);
});
