/** The report as machines read it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../src/contracts/render-report.ts';
import type { Report } from '../../src/contracts/report.ts';
import { listInteraction, pact } from './pacts.ts';
import { verifyContracts, writePact } from './verify-contracts.ts';

let report: Report;
beforeAll(async () => {
  const holding = listInteraction();
  const failing = listInteraction({
    description: 'seven <licenses> & "more"',
    response: { status: 200, body: { count: 7 } },
  });
  const patterns = [writePact(pact([holding, failing])), writePact(pact([]))];
  ({ report } = await verifyContracts({ patterns }));
});

describe('a report', () => {
  it('is JSON', () => {
    expect(JSON.parse(renderReport(report, 'json'))).toMatchObject({
      held: false,
      faults: [{ message: expect.stringContaining('no interactions') }],
      rows: expect.arrayContaining([
        expect.objectContaining({
          consumer: 'some-consumer',
          vendor: 'ibl',
          spec: { verdict: 'held', findings: [] },
          mock: {
            verdict: 'failed',
            findings: [expect.objectContaining({ at: '$.count', expected: '7', actual: '0' })],
          },
        }),
      ]),
    });
  });

  it('is JUnit: a suite a file, a case a column, escaped', () => {
    const xml = renderReport(report, 'junit');
    expect(xml).toMatch(/<testsuite name="\S+" tests="4" failures="1" errors="0" skipped="0">/);
    expect(xml).toMatch(/<testsuite name="\S+" tests="1" failures="1" errors="0" skipped="0">/);
    expect(xml).toContain('seven &lt;licenses&gt; &amp; &quot;more&quot; [mock]');
    // A viewer shows message and text of a failure: a finding is in one of them.
    expect(xml).toContain(
      '<failure message="1 finding">mock: $.count Expected 0 (Integer) to be equal to 7 (Integer)&#10;  expected  7&#10;  actual    0</failure>',
    );
    expect(xml.match(/to be equal to/g)).toHaveLength(1);
    expect(xml.match(/no interactions/g)).toHaveLength(1);
  });

  it('is annotations of GitHub, a line each, and the count', () => {
    const lines = renderReport(report, 'github').trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^::error file=\S+,title=contract::It contains no interactions/);
    expect(lines[1]).toMatch(/^::error file=.*::mock: \$\.count .*%0Aexpected {2}7%0Aactual {4}0$/);
    expect(lines.join('\n').match(/\$\.count/g)).toHaveLength(1);
    expect(lines[2]).toMatch(/^FAILED: 2 interactions, 1 held, 1 failed, 1 not verifiable/);
  });
});
