import { expect, it } from 'vitest';
import { parseServeConfig, serveOptions } from '../config/serve-config.ts';
import { readOptions, type Flags } from '../config/options.ts';
import type { Calibration } from '../ledger/calibration.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { agreedOptions } from './agreed-options.ts';

type Given = Parameters<typeof agreedOptions>[0];

const scenario: Scenario = {
  name: 'demo',
  description: '',
  clock: 'now',
  seed: 1,
  references: 'open',
  profile: undefined,
  settings: {},
  providerStates: [],
  params: {},
  sections: {},
  origin: '/here/demo.yaml',
};
const calibration: Calibration = {
  vendor: 'ibl',
  date: '2026-01-01',
  versions: {},
  settings: {},
  rows: {},
  sentences: [],
  left: [],
};
const specs = [
  { vendor: 'ibl', document: { openapi: '3.1.0' } },
  { vendor: 'mine', document: { openapi: '3.0.3' } },
];

function agreed(flags: Flags = {}, changed: Partial<Given> = {}): Readonly<Record<string, string>> {
  const config = parseServeConfig(readOptions(serveOptions, flags, {}));
  const files = { demo: 'name: demo', mine: 'name: mine' };
  return agreedOptions({ config, calibrations: [], scenario, scenarios: files, specs, ...changed });
}

const differing = (other: Readonly<Record<string, string>>): readonly string[] => {
  const own = agreed();
  return Object.keys(own).filter((name) => own[name] !== other[name]);
};

it.each([
  [{ set: ['IBL-PAGE-LINKS=integers'] }, '--set'],
  [{ profile: 'strict' }, '--profile'],
  [{ seed: '2' }, '--seed'],
  [{ clock: '2026-01-01T00:00:00Z' }, '--clock'],
  [{ references: 'closed' }, '--references'],
  [{ 'accept-any-token': 'on' }, '--accept-any-token'],
  [{ sandboxes: 'named' }, '--sandboxes'],
  [{ 'journal-size': '5' }, '--journal-size'],
  [{ redact: ['note'] }, '--redact'],
  [{ 'body-limit': '2kb' }, '--body-limit'],
  [{ 'base-url': 'https://mock.example' }, '--base-url'],
  [{ upstream: ['ibl=https://ibl.example'] }, '--upstream'],
] as const)('%j differs in %s alone', (flags, name) => {
  expect(differing(agreed(flags))).toEqual([name]);
});

it.each<readonly [Partial<Given>, string]>([
  [{ calibrations: [calibration] }, '--calibration'],
  [{ scenario: { ...scenario, seed: 2 } }, '--scenario'],
  [{ scenarios: { demo: 'name: demo', mine: 'name: other' } }, 'the scenario files'],
  [{ specs: [{ vendor: 'ibl', document: {} }, ...specs.slice(1)] }, 'the OpenAPI files'],
])('%j differs in %s alone', (changed, name) => {
  expect(differing(agreed({}, changed))).toEqual([name]);
});

it('names the vendors where one is not served', () => {
  expect(differing(agreed({}, { specs: specs.slice(1) }))).toContain('the vendors served');
});

it('does not depend on the order, on where files are, or on what belongs to one server', () => {
  const set = ['IBL-PAGE-LINKS=integers', 'IBL-PAGE-SIZE=5'];
  expect(agreed({ set })).toEqual(agreed({ set: set.toReversed() }));
  const elsewhere = {
    specs: specs.toReversed(),
    scenario: { ...scenario, origin: '/there/demo.yaml' },
    scenarios: { mine: 'name: mine', demo: 'name: demo' },
  };
  expect(differing(agreed({}, elsewhere))).toEqual([]);
  expect(differing(agreed({ port: '1', 'control-token': 'secret', grace: '1s' }))).toEqual([]);
});

it('holds no secret', () => {
  const flags = {
    upstream: ['ibl=https://ibl.example'],
    'upstream-header': ['ibl=Authorization: Api-Token s3cret'],
    'control-token': 's3cret',
    data: 'postgres://mock:s3cret@db.example/mock',
  };
  expect(JSON.stringify(agreed(flags))).not.toContain('s3cret');
});
