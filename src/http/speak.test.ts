import { expect, it } from 'vitest';
import type { Calibration, Sentence } from '../ledger/calibration.ts';
import type { Ended } from './exchange.ts';
import { createSpeak } from './speak.ts';

const calibration = (...sentences: readonly Omit<Sentence, 'row'>[]): Calibration => ({
  vendor: 'ibl',
  date: '2026-11-26',
  versions: {},
  settings: {},
  rows: {},
  sentences: sentences.map((each) => ({ row: 'IBL-NO-SEAT', ...each })),
  left: [],
});

const ended = (body: string | Buffer, vendor = 'ibl') =>
  ({
    raw: { path: '/', method: 'GET', headers: {} },
    vendor: { name: vendor },
    outcome: { status: 400, encoded: { headers: {}, body } },
  }) as unknown as Ended;

const speak = (body: string, ...sentences: readonly Omit<Sentence, 'row'>[]) =>
  createSpeak([calibration(...sentences)])(ended(body)).outcome.encoded.body;

it.each([
  { body: '{"error":"No seat."}', said: '{"error":"Full."}' },
  { body: '<a><b>No seat.</b></a>', said: '<a><b>Full.</b></a>' },
  { body: 'No seat.', said: 'Full.' },
  { body: '{"error":"No seat. Really."}', said: '{"error":"No seat. Really."}' },
])('says in $body what the vendor says', ({ body, said }) => {
  expect(speak(body, { mock: 'No seat.', live: 'Full.' })).toBe(said);
});

it('keeps what the names in braces stand for', () => {
  const sentence = { mock: 'No {license} of {run}.', live: '{run} has no "{license}" ($1).' };
  expect(speak('{"detail":"No 7 of x\\"y."}', sentence)).toBe(
    String.raw`{"detail":"x\"y has no \"7\" ($1)."}`,
  );
});

it('leaves alone another vendor, and bytes that are no text', () => {
  const say = createSpeak([calibration({ mock: 'No.', live: 'Full.' })]);
  const other = ended('"No."', 'alice');
  expect(say(other)).toBe(other);
  const bytes = Buffer.from('"No."', 'utf16le');
  expect(say(ended(bytes)).outcome.encoded.body).toBe(bytes);
});

it('names the day of the calibration', () => {
  const { headers } = createSpeak([calibration()])(ended('{}')).outcome.encoded;
  expect(headers).toEqual({ 'X-Mock-Calibration': '2026-11-26' });
});
