import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { defaultOf } from '../../frameworks/aspnet-web-api/model.ts';
import { licenseRequest } from './license-request.ts';

type Property = { type?: string | string[]; format?: string; items?: Property; $ref?: string };
type Spec = { components: { schemas: Record<string, Property & { properties: object }> } };

const file = path.join(import.meta.dirname, '../../../specs/alice.yaml');
const { components } = parse(readFileSync(file, 'utf8')) as Spec;

function resolve(property: Property): Property {
  const name = property.$ref?.split('/').at(-1);
  return name === undefined ? property : (components.schemas[name] ?? {});
}

const TYPES: Readonly<Record<string, string>> = { int32: 'int', 'date-time': 'date', uuid: 'guid' };

function describeType(property: Property): string {
  return TYPES[resolve(property).format ?? ''] ?? 'text';
}

it('has the properties of the spec, in their order', () => {
  const properties = components.schemas['LicenseRequest']?.properties ?? {};
  const expected = Object.entries(properties as Record<string, Property>).map(
    ([name, property]) => {
      const resolved = resolve(property);
      const types = new Set([resolved.type].flat());
      const isList = types.has('array');
      const type = describeType(isList ? (resolved.items ?? {}) : resolved);
      return { name, type, isList, isNullable: types.has('null') };
    },
  );
  expect(licenseRequest.fields).toEqual(expected);
});

it('ALICE-NULLABLE: takes the dates for the nullable two, and gives the rest .NET’s defaults', () => {
  const defaults = [
    'StartDate',
    'EndDate',
    'TargetUserGroupId',
    'OwnerId',
    'LicenseType',
    'Buffer',
  ];
  expect(
    defaults.map((name) => {
      const field = licenseRequest.find(name);
      return field && defaultOf(field);
    }),
  ).toEqual([
    null,
    null,
    '00000000-0000-0000-0000-000000000000',
    '00000000-0000-0000-0000-000000000000',
    0,
    null,
  ]);
});

it('finds a field in any letter case, and none of a name that objects have by themselves', () => {
  expect(licenseRequest.findIgnoringCase('availableSEATS')?.name).toBe('AvailableSeats');
  expect(licenseRequest.findIgnoringCase('constructor')).toBeUndefined();
  expect(licenseRequest.find('name')).toBeUndefined();
});
