/** ValidationResult in its two forms, in JSON and XML. The recorded bytes are those of .NET's own serializers. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../messages/json.ts';
import { licenseRequest } from '../../../vendors/alice/license-request.ts';
import { readXmlReply } from '../xml/read-reply.ts';
import { writeContract } from '../xml/write-contract.ts';
import { writeError } from '../xml/write-xml.ts';
import {
  resultContracts,
  toDescribedResult,
  toWireResult,
  type ValidationFailure,
} from './validation-result.ts';

type Recorded = { readonly id: string; readonly response: { readonly body: string } };

const file = path.join(import.meta.dirname, '../../../../test/wire/alice-fluent-validation.json');
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded[];
const contracts = resultContracts(licenseRequest);
const [wireContract, describedContract] = contracts;

function writeWireResult(result: JsonObject): string {
  return wireContract ? writeContract(wireContract, result) : '';
}

function writeDescribedResult(result: JsonObject): string {
  return describedContract ? writeContract(describedContract, result) : '';
}

const readReply = (text: string) => readXmlReply(text, contracts);

const GUID = '00000000-0000-0000-0000-000000000000';
const MEMBER_ARRAYS = 'xmlns:d4p1="http://schemas.microsoft.com/2003/10/Serialization/Arrays"';

/** A failure that an application made by hand: it has no code, arguments or placeholders. */
function byHand(
  propertyName: string,
  errorMessage: string,
  attemptedValue: Json,
): ValidationFailure {
  return {
    propertyName,
    errorMessage,
    attemptedValue,
    errorCode: null,
    placeholders: null,
    resourceName: null,
  };
}

const isbns = byHand('Isbns', 'm', []);

it('writes the recorded result that was made by hand in JSON', () => {
  const expected = recorded.find(({ id }) => id.endsWith('manuallist json'))?.response.body;
  expect(JSON.stringify(toWireResult([isbns]))).toBe(expected);
});

it('ALICE-RESULT: the described form has IsValid and the names of the properties', () => {
  expect(toDescribedResult([])).toEqual({ IsValid: true, Errors: [] });
  expect(toDescribedResult([isbns])).toMatchObject({
    IsValid: false,
    Errors: [{ PropertyName: 'Isbns', ErrorMessage: 'm', AttemptedValue: [], Severity: 0 }],
  });
});

/** One member of the only failure. */
function member(failure: ValidationFailure, name: string): string {
  const written = writeWireResult(toWireResult([failure]));
  const tag = `_x003C_${name}_x003E_k__BackingField`;
  return new RegExp(`<${tag}.*?(?:</${tag}>|/>(?=<_x003C))`, 's').exec(written)?.[0] ?? '';
}

it('writes the recorded result that was made by hand in XML', () => {
  const failures = [
    byHand('Name', 'msg & <x>', null),
    byHand('AvailableSeats', 'm2', 0),
    byHand('OwnerId', 'm3', GUID),
    byHand('StartDate', 'm4', '2026-03-02T04:02:01Z'),
  ];
  const expected = recorded.find(({ id }) => id.endsWith('manual xml'))?.response.body;
  expect(writeWireResult(toWireResult(failures))).toBe(expected);
});

describe('ALICE-XML-VALUES', () => {
  const seats: ValidationFailure = {
    propertyName: 'AvailableSeats',
    errorMessage: 'm',
    attemptedValue: 0,
    errorCode: 'GreaterThanValidator',
    placeholders: { ComparisonValue: 0, PropertyName: 'Available Seats', PropertyValue: 0 },
    resourceName: 'GreaterThanValidator',
  };

  it('ALICE-XML-VALUES: placeholders are a dictionary, each value with its type', () => {
    const pair = (key: string, type: string, value: string) =>
      `<d4p1:KeyValueOfstringanyType><d4p1:Key>${key}</d4p1:Key><d4p1:Value xmlns:d6p1="http://www.w3.org/2001/XMLSchema" i:type="d6p1:${type}">${value}</d4p1:Value></d4p1:KeyValueOfstringanyType>`;
    expect(member(seats, 'FormattedMessagePlaceholderValues')).toBe(
      `<_x003C_FormattedMessagePlaceholderValues_x003E_k__BackingField ${MEMBER_ARRAYS}>${pair('ComparisonValue', 'int', '0')}${pair('PropertyName', 'string', 'Available Seats')}${pair('PropertyValue', 'int', '0')}</_x003C_FormattedMessagePlaceholderValues_x003E_k__BackingField>`,
    );
    expect(member(seats, 'FormattedMessageArguments')).toBe(
      `<_x003C_FormattedMessageArguments_x003E_k__BackingField ${MEMBER_ARRAYS} />`,
    );
  });

  it('ALICE-XML-VALUES: a null placeholder, a GUID and a date among them', () => {
    const placeholders = (propertyName: string, value: Json) =>
      member(
        { ...seats, propertyName, placeholders: { PropertyValue: value } },
        'FormattedMessagePlaceholderValues',
      );
    expect(placeholders('Name', null)).toContain('<d4p1:Value i:nil="true" />');
    expect(placeholders('OwnerId', GUID)).toContain(
      `<d4p1:Value xmlns:d6p1="http://schemas.microsoft.com/2003/10/Serialization/" i:type="d6p1:guid">${GUID}</d4p1:Value>`,
    );
    expect(placeholders('EndDate', '2026-03-02T04:02:01Z')).toContain(
      '<d4p1:Value xmlns:d6p1="http://www.w3.org/2001/XMLSchema" i:type="d6p1:dateTime">2026-03-02T04:02:01Z</d4p1:Value>',
    );
    expect(placeholders('SeatUserGroupIds', [GUID])).toContain(
      `<d4p1:Value i:type="d4p1:ArrayOfguid"><d4p1:guid>${GUID}</d4p1:guid></d4p1:Value>`,
    );
  });

  it.each([
    ['Isbns', [], `${MEMBER_ARRAYS} i:type="d4p1:ArrayOfstring" />`],
    [
      'Isbns',
      ['a', null],
      `${MEMBER_ARRAYS} i:type="d4p1:ArrayOfstring"><d4p1:string>a</d4p1:string><d4p1:string i:nil="true" /></_x003C_AttemptedValue_x003E_k__BackingField>`,
    ],
    [
      'SeatUserGroupIds',
      [GUID],
      `${MEMBER_ARRAYS} i:type="d4p1:ArrayOfguid"><d4p1:guid>${GUID}</d4p1:guid></_x003C_AttemptedValue_x003E_k__BackingField>`,
    ],
    [
      'Name',
      '',
      'xmlns:d4p1="http://www.w3.org/2001/XMLSchema" i:type="d4p1:string"></_x003C_AttemptedValue_x003E_k__BackingField>',
    ],
    [
      'Elsewhere',
      true,
      'xmlns:d4p1="http://www.w3.org/2001/XMLSchema" i:type="d4p1:boolean">true</_x003C_AttemptedValue_x003E_k__BackingField>',
    ],
  ])('ALICE-XML-VALUES: the attempted value of %s, %j', (propertyName, value, written) => {
    expect(member(byHand(propertyName, 'm', value), 'AttemptedValue')).toBe(
      `<_x003C_AttemptedValue_x003E_k__BackingField ${written}`,
    );
  });
});

it('ALICE-RESULT: writes the described form by the names of the properties', () => {
  const namespaces =
    'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/FluentValidation.Results"';
  expect(writeDescribedResult(toDescribedResult([]))).toBe(
    `<ValidationResult ${namespaces}><Errors /><IsValid>true</IsValid></ValidationResult>`,
  );
  expect(writeDescribedResult(toDescribedResult([byHand('Name', 'm', null)]))).toMatch(
    /^<ValidationResult .*?><Errors><ValidationFailure><AttemptedValue i:nil="true" \/>.*<PropertyName>Name<\/PropertyName>.*<IsValid>false<\/IsValid>/,
  );
});

const failures: readonly ValidationFailure[] = [
  {
    propertyName: 'AvailableSeats',
    errorMessage: "'Available Seats' must be greater than '0'.",
    attemptedValue: 0,
    errorCode: 'GreaterThanValidator',
    placeholders: { ComparisonValue: 0, PropertyName: 'Available Seats', PropertyValue: 0 },
    resourceName: null,
  },
  {
    propertyName: 'Isbns',
    errorMessage: 'a < b & c',
    attemptedValue: ['1', null],
    errorCode: null,
    placeholders: null,
    resourceName: null,
  },
];

it('reads a result as it was before it was written, in either form', () => {
  for (const some of [[], failures.slice(0, 1), failures]) {
    const wire = toWireResult(some);
    expect(readReply(writeWireResult(wire))).toEqual(wire);
    const described = toDescribedResult(some);
    expect(readReply(writeDescribedResult(described))).toEqual(described);
  }
});

it('reads an error', () => {
  const error = {
    Message: 'The request is invalid.',
    ModelState: { 'request.OwnerId': ['An error has occurred.'] },
  };
  expect(readReply(writeError(error))).toEqual(error);
});

it.each(['', 'text', '<a', '<Other/>', '<html><body>no</body></html>'])('reads no %j', (text) => {
  expect(readReply(text)).toBeUndefined();
});
