/** The real framework as the live vendor: what `calibrate` says of it agrees with what is known of it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Calibration, CalibratedRow } from '../../../src/ledger/calibration.ts';
import { ledger, probesOf } from '../../support/calibrated-vendor.ts';
import { testFolder } from '../../support/folder.ts';
import { runHere } from '../../support/run-here.ts';
import { hasDjango, type Django } from './oracle.ts';
import { openDjango, versionOf } from './world.ts';

/** What the framework does by itself, whoever writes the views. */
const FRAMEWORK = [
  'IBL-CHARSET',
  'IBL-COERCIONS',
  'IBL-DJANGO',
  'IBL-FORM-FIELDS',
  'IBL-FORMAT-PARAM',
  'IBL-INDENT',
  'IBL-MULTIPART',
  'IBL-NUMBERS',
  'IBL-OPTIONS',
  'IBL-PAGE-SIZE-LIMITS',
  'IBL-REPEATED-PARAMETERS',
  'IBL-TEXT-CHARACTERS',
  'IBL-TRAILING-SLASH',
  'IBL-UNKNOWN-FIELDS',
];
/** The app has no seats and does not sort. */
const NOT_MODELED = [
  'IBL-ASSIGN-AGAIN',
  'IBL-ASSIGNEE',
  'IBL-CHECK',
  'IBL-COUNT-BELOW-ACTIVE',
  'IBL-EMAIL-ONLY',
  'IBL-LICENSE-ID-TWICE',
  'IBL-MEMBERS',
  'IBL-NO-SEAT',
  'IBL-PAGE-SIZE',
  'IBL-PENDING',
  'IBL-PENDING-SEATS',
  'IBL-REMOVE',
  'IBL-REMOVE-BODY',
  'IBL-REMOVE-LICENSE-ID',
  'IBL-SORT',
  'IBL-UNUSABLE-LICENSE',
  'IBL-USAGE-COUNT',
];
/** Settings of the framework, and what its own classes do in place of the views'. */
const CHOICES = {
  'IBL-COUNT-RANGE': 'refuse',
  'IBL-FORMAT-PARAM': 'filter',
  'IBL-PAGE-LINKS': 'drf',
  'IBL-TEXT-LENGTH': '255',
  'IBL-TOKEN-SCHEMES': 'api-token',
  'IBL-VIEW-ERRORS': 'detail',
};

const folder = testFolder();

async function calibrate(django: Django): Promise<Calibration> {
  const args = ['--url', django.url, '--header', 'Authorization: Api-Token adm', '--allow-writes'];
  const params = ['--param', 'program_key=p1', '--rate', '1000'];
  const run = await runHere(['calibrate', 'ibl', ...args, ...params], { cwd: folder });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  return parse(readFileSync(path.join(folder, 'calibration.yaml'), 'utf8')) as Calibration;
}

/** Of each row: `confirmed`, or the choice that was found, or the verdict with what differs. */
function tell(calibration: Calibration, rows: readonly string[]) {
  return Object.fromEntries(rows.map((row) => [row, tellRow(calibration.rows[row])]));
}

function tellRow({ verdict, choice, differs, why }: CalibratedRow = { verdict: 'not probed' }) {
  if (verdict === 'confirmed') return verdict;
  return verdict === 'another choice fits' ? choice : { verdict, choice, differs, why };
}

it('holds for each row that was executed, unless nobody can ask for it', () => {
  const { probes } = probesOf('ibl');
  const asked = new Set(probes.flatMap(({ row, steps }) => (steps ? [row] : [])));
  const executed = ledger.rows.filter(
    ({ id, vendor, evidence }) => vendor === 'ibl' && evidence === 'executed' && asked.has(id),
  );
  expect(executed.map(({ id }) => id).toSorted()).toEqual(FRAMEWORK.toSorted());
});

describe.skipIf(!hasDjango)('calibrated against Django REST framework', () => {
  it('confirms what the framework does, and says of the rest that it does not know', async () => {
    const django = await openDjango();
    try {
      const calibration = await calibrate(django);
      const rows = [...new Set([...FRAMEWORK, ...Object.keys(CHOICES)])];
      expect(tell(calibration, rows)).toEqual({
        ...Object.fromEntries(rows.map((row) => [row, 'confirmed'])),
        ...(versionOf(django) !== '3.2' && { 'IBL-DJANGO': versionOf(django) }),
      });
      expect(calibration.sentences).toEqual([]);
      const unknown = NOT_MODELED.map((row) => [row, calibration.rows[row]?.verdict]);
      expect(
        unknown.filter(([, verdict]) => verdict !== 'not probed' && verdict !== 'none fits'),
      ).toEqual([]);
    } finally {
      await django.stop();
    }
  });

  it('finds the choices of an app that lets the framework do more', async () => {
    const django = await openDjango(CHOICES);
    try {
      const calibration = await calibrate(django);
      const others = FRAMEWORK.filter((row) => !Object.hasOwn(CHOICES, row));
      expect(tell(calibration, [...others, ...Object.keys(CHOICES)])).toEqual({
        ...Object.fromEntries(others.map((row) => [row, 'confirmed'])),
        ...(versionOf(django) !== '3.2' && { 'IBL-DJANGO': versionOf(django) }),
        ...CHOICES,
      });
      expect(calibration.settings).toMatchObject(CHOICES);
    } finally {
      await django.stop();
    }
  });
});
