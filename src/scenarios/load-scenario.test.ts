import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createForeignVendor } from '../vendors/foreign/foreign.ts';
import { createScenarioLoader } from './load-scenario.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-scenarios-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shop = createForeignVendor({ vendor: 'shop', operations: [] });
const section = {
  type: 'object',
  additionalProperties: false,
  properties: {
    orders: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: { name: { type: 'string' }, placed: { type: 'string', format: 'moment' } },
      },
    },
  },
};
const loader = createScenarioLoader({
  folders: [folder],
  vendors: [{ ...shop, scenario: { ...shop.scenario, schema: section } }],
  checkSettings: (settings) => {
    if ('BAD' in settings) throw new Error('no such row');
  },
});

describe('a scenario file', () => {
  it('has defaults for what it leaves out', () => {
    expect(loader.parse('', 'mine.yaml')).toMatchObject({
      name: 'mine',
      clock: 'now',
      seed: 1,
      references: 'open',
      settings: {},
      sections: {},
    });
  });
  it('brings its vendors sections and settings', () => {
    const text =
      'name: a\nsettings: { X-SIZE: 5 }\nshop:\n  orders:\n    - { name: one, placed: now-1d }\n';
    expect(loader.parse(text, 'a.yaml')).toMatchObject({
      settings: { 'X-SIZE': '5' },
      sections: { shop: { orders: [{ name: 'one', placed: 'now-1d' }] } },
    });
  });
  it.each([
    [
      'a date that is none',
      'shop:\n  orders:\n    - name: one\n      placed: yesterday\n',
      'a.yaml:4 shop.orders[0].placed: "yesterday" is not a date. Use an ISO 8601 date-time, or now, now-1d, now+1y6M.',
    ],
    [
      'a field that is not known',
      'shop:\n  orders:\n    - name: one\n      plcd: now\n',
      'a.yaml:4 shop.orders[0].plcd: is not allowed here. Known: name, placed.',
    ],
    [
      'a field that is missing',
      'shop:\n  orders:\n    - { placed: now }\n',
      'a.yaml:3 shop.orders[0]: lacks "name".',
    ],
    ['a vendor that is not there', 'store: {}\n', 'a.yaml:1 store: is not allowed here.'],
    ['broken YAML', 'shop:\n  orders: [\n', 'a.yaml:3'],
    ['a clock that is no date', 'clock: noon\n', 'a.yaml:1 clock: "noon" is not a date'],
    ['a list', '- a\n', 'a.yaml:1 (the file)'],
    ['a setting that the ledger refuses', 'settings: { BAD: x }\n', 'no such row'],
  ])('is refused for %s', (_, text, message) => {
    expect(() => loader.parse(text, 'a.yaml')).toThrow(message);
  });
});

it('finds scenarios by name and by file, and names the known ones', () => {
  const file = path.join(folder, 'tiny.yaml');
  writeFileSync(file, 'description: small\n');
  expect(loader.load('tiny').description).toBe('small');
  expect(loader.load(file).name).toBe('tiny');
  expect(loader.names()).toEqual(['tiny']);
  expect(() => loader.load('huge')).toThrow('Unknown scenario "huge". Known: tiny.');
  expect(() => loader.load('./none.yaml')).toThrow('cannot be read');
});

describe('a description', () => {
  it('has what a file says of itself, without values for its parameters', () => {
    writeFileSync(
      path.join(folder, 'stated.yaml'),
      'description: One order\nproviderStates: ["the order {name} was placed {days} days ago"]\nshop: { orders: [{ name: "{name}", placed: "now-{days}d" }] }\n',
    );
    expect(loader.describe('stated')).toEqual({
      name: 'stated',
      description: 'One order',
      providerStates: ['the order {name} was placed {days} days ago'],
      parameters: ['name', 'days'],
      document: expect.objectContaining({
        shop: { orders: [{ name: '{name}', placed: 'now-{days}d' }] },
      }),
      fault: undefined,
    });
  });
  it('says why a file cannot be used', () => {
    writeFileSync(path.join(folder, 'bad.yaml'), 'shop: [\n');
    writeFileSync(path.join(folder, 'wrong.yaml'), 'shop: { orders: [{}] }\n');
    expect(loader.describe('bad').fault).toMatch(/^line 2: /);
    expect(loader.describe('wrong').fault).toContain('shop.orders[0]: lacks "name"');
    expect(() => loader.describe('none')).toThrow('Unknown scenario "none". Known: ');
  });
});

it('points into a value that is wrong', () => {
  expect(() => loader.read({ shop: { orders: [{ name: 1 }] } }, 'The state')).toThrow(
    expect.objectContaining({
      code: 'broken-scenario',
      pointer: '#/shop/orders/0/name',
      message: 'The state shop.orders[0].name: 1 must be string.',
    }),
  );
});
