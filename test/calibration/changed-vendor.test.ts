/** A vendor that differs from the mock in one way: the row of the probe is named, with what differs. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Probes } from '../../src/calibration/probe.ts';
import { calibrateAgainst, probesOf } from '../support/calibrated-vendor.ts';
import { changeJson, startChangingProxy, type Change } from '../support/changing-proxy.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let mock: TestServer;
beforeAll(async () => {
  mock = await startTestServer();
});
afterAll(() => mock.stop());

const only = (vendor: string, ...rows: readonly string[]): Probes => {
  const probes = probesOf(vendor);
  return { ...probes, probes: probes.probes.filter(({ row }) => rows.includes(row)) };
};

type Way = {
  readonly what: string;
  readonly row: string;
  readonly kind: 'status' | 'header' | 'form' | 'fields' | 'type' | 'value' | 'words';
  readonly change: Change;
};

const inJson =
  (change: (value: Record<string, unknown>) => unknown): Change =>
  (answer) => {
    if (answer.body.startsWith('{')) changeJson(answer, change);
  };
const ofRefusals =
  (change: Change): Change =>
  (answer, request) => {
    if (answer.status >= 400) change(answer, request);
  };
const replace =
  (from: string | RegExp, to: string): Change =>
  (answer) => {
    answer.body = answer.body.replace(from, to);
  };
const inResults = (change: (record: Record<string, unknown>) => unknown): Change =>
  inJson((value) => {
    const { results } = value;
    return Array.isArray(results) ? { ...value, results: results.map(change) } : value;
  });

const WAYS: readonly Way[] = [
  {
    what: 'another status',
    row: 'IBL-FORMAT-PARAM',
    kind: 'status',
    change: (answer) => void (answer.status = 406),
  },
  {
    what: 'another status of a refusal',
    row: 'TI-INTEGERS',
    kind: 'status',
    change: ofRefusals((answer) => void (answer.status = 409)),
  },
  {
    what: 'another media type',
    row: 'TI-FIELD-ORDER',
    kind: 'header',
    change: (answer) => void (answer.headers['content-type'] = 'application/json'),
  },
  {
    what: 'another challenge',
    row: 'IBL-TOKEN-SCHEMES',
    kind: 'header',
    change: (answer) => {
      if (answer.status === 401) answer.headers['www-authenticate'] = 'Bearer';
    },
  },
  {
    what: 'no challenge',
    row: 'IBL-TOKEN-SCHEMES',
    kind: 'header',
    change: (answer) => void delete answer.headers['www-authenticate'],
  },
  {
    what: 'other methods allowed',
    row: 'TI-METHODS',
    kind: 'header',
    change: (answer) => void (answer.headers['allow'] = 'GET, POST'),
  },
  {
    what: 'Retry-After where none is due',
    row: 'TI-NAME',
    kind: 'header',
    change: (answer) => void (answer.headers['retry-after'] = '1'),
  },
  {
    what: 'a field more',
    row: 'IBL-SAMPLE-FIELDS',
    kind: 'fields',
    change: inJson((value) => ({ ...value, owner: 'x' })),
  },
  {
    what: 'a field less',
    row: 'IBL-SAMPLE-FIELDS',
    kind: 'fields',
    change: replace(',"source":"api"', ''),
  },
  {
    what: 'another order of fields',
    row: 'TI-FIELD-ORDER',
    kind: 'fields',
    change: inJson((value) => {
      const [[name, record] = ['', {}]] = Object.entries((value['data'] ?? {}) as object);
      const { id, ...others } = record as Record<string, unknown>;
      return { data: { [name]: { ...others, id } } };
    }),
  },
  {
    what: 'another name of a field',
    row: 'TI-KEYS',
    kind: 'fields',
    change: replace('"UpdateClientSettings"', '"UpdateClient"'),
  },
  {
    what: 'a number as text',
    row: 'IBL-SAMPLE-FIELDS',
    kind: 'type',
    change: inJson((value) => ({ ...value, count: '3' })),
  },
  {
    what: 'another form of dates',
    row: 'IBL-SAMPLE-FIELDS',
    kind: 'type',
    change: inJson((value) => ({ ...value, started: '2026-01-01T00:00:00+00:00' })),
  },
  {
    what: 'another value',
    row: 'IBL-USAGE-COUNT',
    kind: 'value',
    change: inResults((record) => ({ ...record, usage_count: 7 })),
  },
  {
    what: 'another length of a list',
    row: 'IBL-PAGE-SIZE-LIMITS',
    kind: 'value',
    change: inJson((value) => ({ ...value, results: [] })),
  },
  {
    what: 'metadata that an update leaves alone',
    row: 'IBL-METADATA',
    kind: 'value',
    change: (answer, { url }) => {
      if (url.includes('update')) changeJson(answer, (value) => ({ ...value, metadata: { a: 1 } }));
    },
  },
  {
    what: 'an HTML page for a refusal',
    row: 'IBL-EXTERNAL-ID',
    kind: 'form',
    change: ofRefusals((answer) => void (answer.body = '<html>Bad Request</html>')),
  },
  {
    what: 'no body',
    row: 'TI-PARENTS',
    kind: 'form',
    change: ofRefusals((answer) => void (answer.body = '')),
  },
  {
    what: 'another class in XML',
    row: 'ALICE-XML-CLASSES',
    kind: 'fields',
    change: replace('Alice.Dto.Core', 'Alice.Contracts'),
  },
  {
    what: 'other words',
    row: 'IBL-LICENSE-IDENTIFIER',
    kind: 'words',
    change: replace('Either license_id or external_id is required.', 'Name the license.'),
  },
  {
    what: 'other words of a rule',
    row: 'ALICE-RULES',
    kind: 'words',
    change: replace('must be greater than', 'has to be above'),
  },
];

const vendorOf = (row: string) =>
  row.startsWith('IBL-') ? 'ibl' : row.startsWith('TI-') ? 'thought-industries' : 'alice';

it.each(WAYS)('$row: finds $what', async ({ row, kind, change }) => {
  const proxy = await startChangingProxy(mock.url, change);
  try {
    const { calibration } = await calibrateAgainst(vendorOf(row), proxy.url, {
      probes: only(vendorOf(row), row),
      mockUrl: mock.url,
    });
    const found = calibration.rows[row];
    expect(found?.differs?.map((each) => each.kind)).toContain(kind);
    // Other words are the vendor's own for the same thing.
    expect(found?.verdict).toBe(kind === 'words' ? 'confirmed' : 'none fits');
    expect(calibration.sentences.length > 0).toBe(kind === 'words');
  } finally {
    await proxy.stop();
  }
});

it('repeats the words of the vendor, without the email addresses in them', async () => {
  const change = replace(/"Not enough[^"]*"/, '"No seat for ada@example.org"');
  const proxy = await startChangingProxy(mock.url, change);
  const { calibration } = await calibrateAgainst('ibl', proxy.url, {
    probes: only('ibl', 'IBL-NO-SEAT'),
    mockUrl: mock.url,
  });
  expect(calibration.sentences).toEqual([
    {
      row: 'IBL-NO-SEAT',
      mock: 'Not enough free seats: 1 needed, 0 free.',
      live: 'No seat for {email}',
    },
  ]);
  await proxy.stop();
});

it('waits as Retry-After says, and asks again', async () => {
  let asked = 0;
  const proxy = await startChangingProxy(mock.url, (answer) => {
    asked += 1;
    if (asked > 1) return;
    answer.status = 429;
    answer.headers['retry-after'] = '1';
  });
  const startedMs = performance.now();
  const { calibration, requests } = await calibrateAgainst('thought-industries', proxy.url, {
    probes: only('thought-industries', 'TI-RATE-RESET'),
    mockUrl: mock.url,
  });
  expect(calibration.rows['TI-RATE-RESET']?.verdict).toBe('confirmed');
  expect(performance.now() - startedMs).toBeGreaterThan(1000);
  expect(requests).toBe(2);
  await proxy.stop();
});

it('stops at the first 401 or 403 that the probe does not expect', async () => {
  let asked = 0;
  const proxy = await startChangingProxy(mock.url, (answer) => {
    asked += 1;
    answer.status = 403;
  });
  const { calibration, stopped } = await calibrateAgainst('ibl', proxy.url, {
    probes: only('ibl', 'IBL-PAGE-LINKS', 'IBL-VERBOSE'),
    mockUrl: mock.url,
  });
  expect(asked).toBe(1);
  expect(stopped).toContain('got 403, which the probe does not expect');
  expect(calibration.rows['IBL-VERBOSE']).toMatchObject({ verdict: 'not probed' });
  await proxy.stop();
});

it('sends no writes unless they are allowed, and no more requests than allowed', async () => {
  const methods: string[] = [];
  const proxy = await startChangingProxy(
    mock.url,
    (_answer, { method }) => void methods.push(method),
  );
  const rows = ['IBL-UNKNOWN-LISTED', 'IBL-VERBOSE', 'IBL-CHECK-NOT-FOUND', 'IBL-BOOLEAN-FILTER'];
  const { calibration } = await calibrateAgainst('ibl', proxy.url, {
    probes: only('ibl', ...rows),
    mockUrl: mock.url,
    allowWrites: false,
    maxRequests: 2,
  });
  expect(methods).toEqual(['GET', 'GET']);
  expect(calibration.rows['IBL-VERBOSE']?.why).toContain('--allow-writes');
  expect(calibration.rows['IBL-BOOLEAN-FILTER']?.why).toContain('--max-requests');
  await proxy.stop();
});

it('removes what it created, and lists what it cannot remove', async () => {
  const own = await startTestServer();
  const { calibration } = await calibrateAgainst('thought-industries', own.url, {
    probes: only('thought-industries', 'TI-SEAT-LIMITS'),
    mockUrl: mock.url,
  });
  expect(calibration.left).toEqual([
    expect.stringMatching(/^user \S+ of lmcal-\S+ \(request 2\): the vendor has no call/),
  ]);
  const answer = await fetch(
    `${own.url}/incoming/v2/clients/6f1c9a0e-8f5e-4b53-9d5d-2d9a6d2f8a11/licenses`,
    {
      headers: { authorization: 'Bearer ti-key' },
    },
  );
  expect(await answer.json()).toMatchObject({ data: { APILicensesByClientId: { licenses: [] } } });
  await own.stop();
});

it('writes down no credentials', async () => {
  const { calibration } = await calibrateAgainst('ibl', mock.url, {
    probes: only('ibl', 'IBL-TOKEN-SCHEMES', 'IBL-SAMPLE-FIELDS'),
    mockUrl: mock.url,
  });
  expect(JSON.stringify(calibration)).not.toContain('dm-admin');
});
