import { describe, expect, it } from 'vitest';
import { renderReport } from '../../contracts/render-report.ts';
import type { Report } from '../../contracts/report.ts';
import { readReport } from './read-report.ts';

const interaction = {
  file: 'contracts/seat-shop-ibl.json',
  consumer: 'seat-shop',
  vendor: 'ibl',
  description: 'an order of seats',
  states: [{ name: 'a program license exists', params: { count: 5 } }],
  request: { method: 'GET', path: '/', query: '', headers: {}, body: undefined },
  response: { status: 200, headers: {}, body: undefined },
  pact: {},
};

const written: Report = {
  rows: [
    {
      interaction,
      spec: { verdict: 'held', findings: [] },
      mock: {
        verdict: 'failed',
        findings: [
          { severity: 'error', message: 'wrong', at: '$.count', expected: '5', actual: '<b>6</b>' },
        ],
      },
      live: undefined,
      differences: [{ at: '$.id', mock: '1', live: '2', ledger: undefined }],
      durationMs: 3,
    },
  ],
  faults: [{ file: 'contracts/none.json', message: 'is missing' }],
  durationMs: 4,
  held: false,
};

describe('a report', () => {
  it('is read as verify writes it', () => {
    expect(readReport(renderReport(written, 'json'))).toEqual({
      held: false,
      rows: [
        {
          title: 'seat-shop → ibl: an order of seats',
          file: 'contracts/seat-shop-ibl.json',
          states: ['a program license exists'],
          spec: { verdict: 'held', findings: [] },
          mock: written.rows[0]?.mock,
          live: undefined,
          differences: [{ at: '$.id', mock: '1', live: '2' }],
          isFailed: true,
        },
      ],
      faults: written.faults,
    });
  });

  it.each(['', '{', '[]', '{"rows":[]}', '{"rows":{},"held":true}'])(
    'that is something else is refused: %s',
    (text) => {
      expect(() => readReport(text)).toThrow('verify --format json --output');
    },
  );

  it('that lacks parts is read without them', () => {
    expect(readReport('{"held":true,"rows":[{"spec":{}},7]}')).toMatchObject({
      rows: [{ spec: { verdict: '', findings: [] }, mock: undefined, isFailed: false }],
    });
  });
});
