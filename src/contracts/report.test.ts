import { expect, it } from 'vitest';
import { toCell, type Finding } from './report.ts';

const error = (message: string, at = 'response.body'): Finding => ({
  severity: 'error',
  at,
  message,
});

it('A finding that several alternatives of a schema have is told once, and without a summary', () => {
  const unknown = error('must NOT have additional properties - total');
  const none = error('must match a schema in anyOf');
  expect(toCell([unknown, unknown, none, unknown], false)).toEqual({
    verdict: 'failed',
    findings: [unknown],
  });
});

it('That no alternative fits is told where nothing else is said of the place', () => {
  const none = error('must match exactly one schema in oneOf');
  const elsewhere = error('must be integer', 'response.body.count');
  expect(toCell([none, elsewhere], false).findings).toEqual([none, elsewhere]);
});

it('Findings that differ in what was seen are two', () => {
  const [one, two] = [
    { ...error('wrong'), actual: '1' },
    { ...error('wrong'), actual: '2' },
  ];
  expect(toCell([one, two], false).findings).toEqual([one, two]);
});
