import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../messages/json.ts';
import { fillDefaults } from '../../../vendors/alice/records.ts';
import { licenseRequest } from '../../../vendors/alice/license-request.ts';
import { defaultRules } from '../../../vendors/alice/rules.ts';
import { toDisplayName, validate, type Rule } from './validate.ts';

const GUID = 'ea677d34-15bf-4074-97b1-5b9661e2b4d0';
const valid = { Name: 'n', AvailableSeats: 1, TargetUserGroupId: GUID };

function check(values: JsonObject, ...rules: Rule[]) {
  return validate(licenseRequest, fillDefaults(values), rules.length > 0 ? rules : defaultRules);
}
const messages = (values: JsonObject, rule: Rule) =>
  check(values, rule).map(({ errorMessage }) => errorMessage);

describe('ALICE-RULES', () => {
  it.each([
    ['nothing', {}, []],
    ['an address', { ContactEmail: 'a@b.co' }, []],
    ['no address', { ContactEmail: '' }, ["'Contact Email' is not a valid email address."]],
    ['a blank name', { Name: ' \t' }, ["'Name' should not be empty."]],
    ['negative seats', { AvailableSeats: -1 }, ["'Available Seats' must be greater than '0'."]],
    ['no buffer', { Buffer: 0 }, []],
    ['a negative buffer', { Buffer: -1 }, ["'Buffer' must be greater than or equal to '0'."]],
    ['one date', { EndDate: '2026-03-02T00:00:00Z' }, []],
    [
      'equal dates',
      { StartDate: '2026-03-02T00:00:00Z', EndDate: '2026-03-02T00:00:00-00:00' },
      ['EndDate must be after StartDate'],
    ],
    [
      'dates a tick apart',
      { StartDate: '2026-03-02T04:02:01.5797227Z', EndDate: '2026-03-02T04:02:01.5797228Z' },
      [],
    ],
  ])('ALICE-RULES: by default, of a license with %s', (_, values, expected) => {
    expect(check({ ...valid, ...values }).map(({ errorMessage }) => errorMessage)).toEqual(
      expected,
    );
  });

  it('ALICE-RULES: all broken ones are reported, in their order', () => {
    expect(check({}).map(({ propertyName }) => propertyName)).toEqual([
      'Name',
      'AvailableSeats',
      'TargetUserGroupId',
    ]);
  });
});

describe('ALICE-LIBRARY', () => {
  it.each<[Rule, JsonObject, string, JsonObject]>([
    [
      { property: 'Buffer', validator: 'NotNull' },
      { Buffer: null },
      "'Buffer' must not be empty.",
      { PropertyName: 'Buffer', PropertyValue: null },
    ],
    [
      { property: 'Isbns', validator: 'NotEmpty' },
      { Isbns: [] },
      "'Isbns' should not be empty.",
      { PropertyName: 'Isbns', PropertyValue: [] },
    ],
    [
      { property: 'AccessType', validator: 'LessThan', arguments: [3] },
      { AccessType: 3 },
      "'Access Type' must be less than '3'.",
      { ComparisonValue: 3, PropertyName: 'Access Type', PropertyValue: 3 },
    ],
    [
      { property: 'AccessType', validator: 'LessThanOrEqual', arguments: [3] },
      { AccessType: 4 },
      "'Access Type' must be less than or equal to '3'.",
      { ComparisonValue: 3, PropertyName: 'Access Type', PropertyValue: 4 },
    ],
    [
      { property: 'Grade', validator: 'Equal', arguments: ['9'] },
      { Grade: null },
      "'Grade' should be equal to '9'.",
      { ComparisonValue: '9', PropertyName: 'Grade', PropertyValue: null },
    ],
    [
      { property: 'OwnerId', validator: 'NotEqual', arguments: [GUID] },
      { OwnerId: GUID },
      `'Owner Id' should not be equal to '${GUID}'.`,
      { ComparisonValue: GUID, PropertyName: 'Owner Id', PropertyValue: GUID },
    ],
    [
      { property: 'ContactPhone', validator: 'Matches', arguments: ['^\\d+$'] },
      { ContactPhone: 'x' },
      "'Contact Phone' is not in the correct format.",
      { RegularExpression: '^\\d+$', PropertyName: 'Contact Phone', PropertyValue: 'x' },
    ],
    [
      { property: 'Name', validator: 'Length', arguments: [1, 5] },
      { Name: 'abcdefgh' },
      "'Name' must be between 1 and 5 characters. You entered 8 characters.",
      {
        MinLength: 1,
        MaxLength: 5,
        TotalLength: 8,
        PropertyName: 'Name',
        PropertyValue: 'abcdefgh',
      },
    ],
  ])('ALICE-LIBRARY: %j', (rule, values, message, placeholders) => {
    const [failure] = check(values, rule);
    expect(failure?.errorMessage).toBe(message);
    expect(Object.entries(failure?.placeholders ?? {})).toEqual(Object.entries(placeholders));
    expect(failure?.errorCode).toBe(failure?.resourceName);
  });

  it.each<[Rule, JsonObject]>([
    [{ property: 'Buffer', validator: 'NotEmpty' }, { Buffer: 0 }],
    [{ property: 'Buffer', validator: 'GreaterThan', arguments: [5] }, { Buffer: null }],
    [{ property: 'Name', validator: 'Length', arguments: [1, 5] }, { Name: null }],
    [{ property: 'ContactEmail', validator: 'Email' }, { ContactEmail: null }],
    [{ property: 'ContactPhone', validator: 'Matches', arguments: ['x'] }, { ContactPhone: null }],
    [{ property: 'Grade', validator: 'NotEqual', arguments: ['9'] }, { Grade: null }],
  ])('ALICE-LIBRARY: %j holds of %j', (rule, values) => expect(check(values, rule)).toEqual([]));
});

it('ALICE-LENGTH-MESSAGES: the limit that is not set is among the placeholders', () => {
  const minimum: Rule = { property: 'Name', validator: 'MinimumLength', arguments: [3] };
  const maximum: Rule = { property: 'Name', validator: 'MaximumLength', arguments: [3] };
  expect(messages({ Name: 'ab' }, minimum)).toEqual([
    "The length of 'Name' must be at least 3 characters. You entered 2 characters.",
  ]);
  expect(messages({ Name: 'abcd' }, maximum)).toEqual([
    "The length of 'Name' must be 3 characters or fewer. You entered 4 characters.",
  ]);
  expect(check({ Name: 'ab' }, minimum)[0]?.placeholders).toMatchObject({
    MinLength: 3,
    MaxLength: -1,
  });
  expect(check({ Name: 'abcd' }, maximum)[0]?.placeholders).toMatchObject({
    MinLength: 0,
    MaxLength: 3,
  });
});

it('ALICE-DATE-MESSAGES: a date is written as in the United States, its placeholder in ISO 8601', () => {
  const rule: Rule = {
    property: 'EndDate',
    validator: 'LessThan',
    arguments: ['2026-03-02T16:02:01.5Z'],
  };
  const [failure] = check({ EndDate: '2026-03-02T16:02:01.5000001Z' }, rule);
  expect(failure?.errorMessage).toBe("'End Date' must be less than '3/2/2026 4:02:01 PM'.");
  expect(failure?.placeholders).toMatchObject({ ComparisonValue: '2026-03-02T16:02:01.5Z' });
  expect(failure?.attemptedValue).toBe('2026-03-02T16:02:01.5000001Z');
});

it('splits a name at its capitals', () => {
  expect(['Isbns', 'LicenseCategoryId'].map(toDisplayName)).toEqual([
    'Isbns',
    'License Category Id',
  ]);
});
