/** The expected results were recorded from Json.NET 6.0.8 with Web API's settings. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../messages/json.ts';
import { licenseRequest } from '../../../vendors/alice/license-request.ts';
import { bindModel } from '../bind-model.ts';
import { decodeJson } from './decode-json.ts';

const decode = (text: string) => decodeJson(text, licenseRequest);
const bind = (body: Json) => bindModel(body, 'json', licenseRequest);

/** Paths of unbound values and of faults, in reporting order, repetitions included. */
function errorsOf(text: string): string[] {
  const { body, faults } = decode(text);
  const { unbound } = bind(body);
  return [...unbound, ...faults.map(({ path }) => path)].map((path) => path.join('.'));
}

function boundOf(text: string): unknown {
  const { body, faults } = decode(text);
  expect(faults).toEqual([]);
  return bind(body).body;
}

function keywordsOf(text: string): string[] {
  const { body, tolerated } = decode(text);
  return [...tolerated, ...bind(body).tolerated].map(({ keyword }) => keyword);
}

describe('ALICE-VALUE-FORMS', () => {
  it.each([
    ['{"LicenseType":"4"}', { LicenseType: 4 }],
    ['{"LicenseType":" +4 "}', { LicenseType: 4 }],
    ['{"Buffer":""}', { Buffer: null }],
    ['{"Name":4}', { Name: '4' }],
    ['{"Name":4.50}', { Name: '4.5' }],
    ['{"Name":1e21}', { Name: '1E+21' }],
    ['{"Name":12345678901234567890123}', { Name: '12345678901234567890123' }],
    ['{"Name":true}', { Name: 'True' }],
    ['{"Isbns":[9780306406157,null,"",false]}', { Isbns: ['9780306406157', null, '', 'False'] }],
    ['{"Isbns":""}', { Isbns: null }],
    [
      '{"OwnerId":"{6CAF4AF1-626C-409C-831B-9BC40B09967B}"}',
      { OwnerId: '6caf4af1-626c-409c-831b-9bc40b09967b' },
    ],
    ['{"LicenseCategoryId":""}', { LicenseCategoryId: null }],
    ['{"StartDate":""}', { StartDate: null }],
    ['{"StartDate":"2026-03-02"}', { StartDate: '2026-03-02T00:00:00-00:00' }],
  ])('ALICE-VALUE-FORMS: %s binds, with a warning', (text, body) => {
    expect(boundOf(text)).toEqual(body);
    expect(keywordsOf(text)).not.toEqual([]);
  });

  it.each([
    ['{"LicenseType":"4.0"}', ['LicenseType']],
    ['{"LicenseType":"0x10"}', ['LicenseType']],
    ['{"LicenseType":"2147483648"}', ['LicenseType']],
    ['{"LicenseType":""}', ['LicenseType']],
    ['{"LicenseType":null}', ['LicenseType']],
    ['{"LicenseType":true}', ['LicenseType']],
    ['{"LicenseType":[1,{"a":2}],"StartDate":"soon"}', ['LicenseType', 'StartDate']],
    ['{"LicenseType":{"a":[1]},"StartDate":"soon"}', ['LicenseType', 'StartDate']],
    ['{"Buffer":" "}', ['Buffer']],
    ['{"Name":["a"],"StartDate":5}', ['Name', 'StartDate']],
    ['{"OwnerId":"","LicenseCategoryId":" "}', ['OwnerId', 'LicenseCategoryId']],
    ['{"OwnerId":5}', ['OwnerId']],
    ['{"Isbns":"a"}', ['Isbns']],
    ['{"Isbns":5,"LicenseType":"q"}', ['Isbns', 'LicenseType']],
    ['{"Isbns":{}}', ['Isbns']],
    ['{"Isbns":[["a"],{"b":2},"c"]}', ['Isbns.0', 'Isbns.1']],
    ['{"SeatUserGroupIds":["q",null,"",5]}', [0, 1, 2, 3].map((n) => `SeatUserGroupIds.${n}`)],
  ])('ALICE-VALUE-FORMS: of %s is reported %j', (text, paths) =>
    expect(errorsOf(text)).toEqual(paths),
  );
});

describe('ALICE-NUMBER-LITERALS', () => {
  it.each([
    ['{"LicenseType":4.0}', ['LicenseType', '']],
    ['{"LicenseType":4.7}', ['LicenseType', '']],
    ['{"LicenseType":4e0}', ['LicenseType', '']],
    ['{"LicenseType":2147483648}', ['LicenseType', '']],
    ['{"LicenseType":5a}', ['LicenseType', '']],
    ['{"LicenseType":-}', ['LicenseType', '']],
    ['{"LicenseType":4.7,}', ['LicenseType', '']],
    ['{"LicenseType":4.7', ['LicenseType', 'LicenseType']],
    ['{"LicenseType":4.7 bad}', ['LicenseType', 'LicenseType']],
    [
      '{"OwnerId":"xyz","LicenseType":4.7,"StartDate":"soon","Name":[]}',
      ['OwnerId', 'LicenseType', 'StartDate'],
    ],
    ['{"LicenseType":4.7,"Unknown":{"a":2}}', ['LicenseType', 'Unknown']],
    ['{"LicenseType":4.7,"name":null}', ['LicenseType', 'name']],
    ['{"OwnerId":1e999,"LicenseType":"q"}', ['OwnerId', 'LicenseType']],
    ['{"Unknown":4.7e500,"Name":"z"}', ['Unknown', 'Name']],
  ])('ALICE-NUMBER-LITERALS: of %s is reported %j', (text, paths) =>
    expect(errorsOf(text)).toEqual(paths),
  );

  it('ALICE-NUMBER-LITERALS: base 16 and 8 are read', () => {
    const text = '{"LicenseType":0x10,"AccessType":010,"Buffer":-0,"Name":0x1F}';
    expect(boundOf(text)).toEqual({ LicenseType: 16, AccessType: 8, Buffer: 0, Name: '31' });
    expect(keywordsOf(text)).toEqual(['syntax', 'syntax', 'syntax', 'type']);
  });
});

describe('ALICE-JSON-LENIENCY', () => {
  it.each([
    '/* c */ {"Name":"x" /* d */ , /* e */ "Grade":"y" /* f */ } // end',
    `{'Name':'x',"Grade":"y"}`,
    '{Name:"x",Grade:"y"}',
    '{"Name":"x","Grade":"y",}',
    '{"Name":"x","Grade":"y"} trailing',
    '{"Name":"x","Grade":"y"}}',
    '{"Name":"x","Grade":"y"}{"Name":"z"}',
    '// c\r\n{"Name":/* a */"x","Grade":"y"}',
  ])('ALICE-JSON-LENIENCY: %s is taken, with a warning', (text) => {
    expect(boundOf(text)).toEqual({ Name: 'x', Grade: 'y' });
    expect(new Set(keywordsOf(text))).toEqual(new Set(['syntax']));
  });

  it('ALICE-JSON-LENIENCY: undefined, NaN and Infinity go as far as .NET takes them', () => {
    expect(boundOf('{"Name":NaN,"Isbns":undefined,"LicenseCategoryId":undefined}')).toEqual({
      Name: 'NaN',
      Isbns: null,
      LicenseCategoryId: null,
    });
    expect(boundOf('{"Unknown":undefined,"Name":"z"}')).toEqual({ Name: 'z' });
    expect(errorsOf('{"LicenseType":NaN,"Name":undefined,"OwnerId":undefined}')).toEqual([
      'LicenseType',
      'Name',
      'OwnerId',
    ]);
    expect(decode('undefined').body).toBeNull();
  });

  it('ALICE-JSON-LENIENCY: constructors are refused, a $ref is no more than an unknown property', () => {
    expect(errorsOf('{"StartDate":new Date(5)}')).toEqual(['StartDate', 'StartDate']);
    expect(boundOf('{"$ref":"1","Name":"z"}')).toEqual({ Name: 'z' });
  });
});

describe('ALICE-JSON-FAULTS', () => {
  it.each([
    ['{', ['']],
    ['{bad', ['']],
    ['{bad}', ['']],
    ['not json', ['']],
    ['"x', ['']],
    ['{Na-me:"x"}', ['']],
    ['{"Name"', ['']],
    ['{"Name"/* c */:"x"}', ['']],
    ['{"Name":', ['Name', 'Name']],
    ['{"Name":"x', ['Name', 'Name']],
    ['{"Name":"x"', ['Name']],
    ['{"Name":"x",', ['Name']],
    ['{"Name":"x",,}', ['Name']],
    ['{"Name":"x","Own', ['Name']],
    ['{"Name":"x"]', ['']],
    ['{"Name":"x";"Grade":"y"}', ['Name']],
    ['{"Name":"x" "Grade":"y"}', ['Name']],
    ['{"Name":tru}', ['Name', 'Name']],
    ['{"Name":nullx}', ['Name', 'Name']],
    ['{"Name":"\\x41"}', ['Name', 'Name']],
    ['{"Name":"\\u00"}', ['Name', 'Name']],
    ['{"LicenseType":"q" "x":1}', ['LicenseType', 'LicenseType']],
    [
      '{"LicenseType":"abc","OwnerId":"xyz","Name":bad}',
      ['LicenseType', 'OwnerId', 'Name', 'Name'],
    ],
    ['{"Isbns":[', ['Isbns', 'Isbns']],
    ['{"Isbns":["a', ['Isbns', 'Isbns', 'Isbns']],
    ['{"Isbns":["a"', ['Isbns.0', 'Isbns.0']],
    ['{"Isbns":["a"}', ['Isbns', 'Isbns', 'Isbns']],
    ['{"Isbns":["a",abc]}', ['Isbns.0', 'Isbns.0', 'Isbns.0', 'Isbns.0']],
    ['{"Unknown":{"a":abc},"LicenseType":"q"}', ['Unknown.a', 'Unknown.a']],
    ['{"OwnerId":"xyz","Isbns":{"a":[1,2]},"LicenseType":"q"}', ['OwnerId', 'Isbns.a']],
    ['{"OwnerId":{"a":{"b":1}},"LicenseType":"q"}', ['OwnerId.a']],
    ['{/* a', ['']],
  ])('ALICE-JSON-FAULTS: of %s is reported %j', (text, paths) =>
    expect(errorsOf(text)).toEqual(paths),
  );
});

describe('ALICE-DUPLICATE-KEYS', () => {
  it.each([
    ['{"Name":"one","Name":"two"}', { Name: 'two' }],
    ['{"Name":"one","name":"two"}', { Name: 'two' }],
    ['{"Isbns":["a"],"isbns":["b"]}', { Isbns: ['a', 'b'] }],
    ['{"Isbns":["a"],"Isbns":null}', { Isbns: null }],
  ])('ALICE-DUPLICATE-KEYS: %s is %j', (text, body) => {
    expect(boundOf(text)).toEqual(body);
    expect(keywordsOf(text)).toContain('duplicate');
  });

  it('ALICE-DUPLICATE-KEYS: a first one that does not bind stays an error', () => {
    expect(errorsOf('{"OwnerId":"xyz","OwnerId":"6caf4af1-626c-409c-831b-9bc40b09967b"}')).toEqual([
      'OwnerId',
    ]);
  });

  it('ALICE-DUPLICATE-KEYS: many of them take no longer than few', () => {
    const startedMs = performance.now();
    const { body } = decode(`{${'"Isbns":["a"],'.repeat(50_000)}}`);
    expect(body).toMatchObject({ Isbns: { length: 50_000 } });
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});

describe('names', () => {
  it('ALICE-NAMES: any letter case is read, unknown names are not, and each is warned of', () => {
    const { body, tolerated, spelling } = decode('{"name":"x","Nmae":{"a":[1]},"__proto__":{}}');
    expect(body).toEqual({ Name: 'x' });
    expect(spelling.get('Name')).toBe('name');
    expect(tolerated.map(({ path, keyword }) => [...path, keyword])).toEqual([
      ['name', 'additionalProperties'],
      ['Nmae', 'additionalProperties'],
      ['__proto__', 'additionalProperties'],
    ]);
  });

  it('lists only the first warnings of very many', () => {
    const text = `{${Array.from({ length: 1_000 }, (_, index) => `"x${index}":1`).join()}}`;
    const { tolerated } = decode(text);
    expect(tolerated).toHaveLength(51);
    expect(tolerated.at(-1)?.message).toMatch(/^950 more/);
  });
});

describe('ALICE-DEPTH', () => {
  const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)},"Name":"z"}`;

  it('ALICE-DEPTH: 256 levels are read', () => {
    expect(boundOf(nested(255))).toEqual({ Name: 'z' });
  });

  it.each([256, 10_000])('ALICE-DEPTH: of %d more levels the 257th is reported', (levels) => {
    const { faults } = decode(nested(levels));
    expect(faults[0]?.path).toHaveLength(256);
  });
});

it.each(['null', '', '  ', '// nothing'])('reads %j as nothing', (text) => {
  expect(decode(text)).toMatchObject({ body: null, faults: [] });
});

it.each([
  ['[1,2]', []],
  ['[', []],
  ['"x"', 'x'],
  ['1.5', 1.5],
  ['true', true],
])('leaves the root %s for Prism to find', (text, body) => {
  expect(decode(text)).toMatchObject({ body, faults: [] });
});

it('makes half a surrogate pair a replacement character, and keeps NUL', () => {
  expect(boundOf('{"Name":"\\ud83d-\\u0000-\\ud83d\\ude00"}')).toEqual({ Name: '\ufffd-\0-😀' });
});
