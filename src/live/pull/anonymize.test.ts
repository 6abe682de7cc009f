import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../messages/json.ts';
import { anonymize } from './anonymize.ts';

const text = { type: 'string' };
const schema = {
  type: 'object',
  properties: {
    owners: {
      type: 'array',
      items: { type: 'object', properties: { id: { type: 'integer' }, email: text, name: text } },
    },
    licenses: {
      type: 'array',
      items: {
        if: { required: ['generate'] },
        // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's keyword
        then: { properties: { generate: { type: 'integer' } } },
        else: {
          properties: {
            owner_id: { type: 'integer' },
            name: text,
            count: { type: 'integer' },
            started: { type: 'string', format: 'moment' },
            status: { enum: ['open', 'closed'] },
            source: text,
            paused: { type: 'boolean' },
            metadata: { type: 'object' },
          },
        },
      },
    },
  },
};

const license = (more: JsonObject): JsonObject => ({ owner_id: 7, name: 'Spring', ...more });
const run = (section: JsonObject, kept: readonly string[] = []) => anonymize(section, schema, kept);

describe('anonymizing', () => {
  it('gives the same value the same stand-in, in the order of the values', () => {
    const { section } = run({
      owners: [
        { id: 9, email: 'Zoe@a.example', name: 'Zoe' },
        { id: 7, email: 'bob@a.example', name: 'Spring' },
      ],
      licenses: [license({}), license({ owner_id: 9, name: 'Autumn' })],
    });
    expect(section).toEqual({
      owners: [
        { id: 12, email: 'user-00002@example.com', name: 'text-00003' },
        { id: 11, email: 'user-00001@example.com', name: 'text-00002' },
      ],
      licenses: [
        { owner_id: 11, name: 'text-00002' },
        { owner_id: 12, name: 'text-00001' },
      ],
    });
  });

  it('keeps counts, dates, flags and fixed words, and lists them', () => {
    const kept = { count: 5, started: '2026-01-01T00:00:00Z', status: 'open', paused: false };
    const { section, kept: fields } = run({ licenses: [license({ ...kept, source: 'api' })] }, [
      'licenses[].source',
    ]);
    expect(section['licenses']).toMatchObject([{ ...kept, source: 'api' }]);
    expect(fields).toEqual([
      'licenses[].count (number)',
      'licenses[].paused (boolean)',
      'licenses[].source (text)',
      'licenses[].started (date)',
      'licenses[].status (text)',
    ]);
  });

  it('replaces what stands where only a date or a fixed word should', () => {
    const odd = { started: 'when Ann says so', status: 'waits for Ann' };
    const { section, kept } = run({ licenses: [license(odd)] });
    expect(JSON.stringify(section)).not.toContain('Ann');
    expect(kept).toEqual([]);
  });

  it('replaces everything in a free field, and names that are values', () => {
    const metadata = {
      department: 'Law',
      'ann@a.example': 1,
      invoice: 20_261,
      ok: true,
      ids: ['0b7c5a1e-6f0d-4c39-8a52-3d9e1f7b2c40', 'https://a.example/x'],
      day: '2026-01-01',
    };
    const { section, kept } = run({ licenses: [license({ metadata })] });
    const [only] = section['licenses'] as JsonObject[];
    const shown = only?.['metadata'] as JsonObject;
    expect(Object.keys(shown)).toEqual([
      'department',
      expect.stringMatching(/^text-/),
      'invoice',
      'ok',
      'ids',
      'day',
    ]);
    expect(shown).toMatchObject({
      department: expect.stringMatching(/^text-/),
      invoice: expect.any(Number),
      ok: true,
      ids: ['00000000-0000-4000-8000-000000000001', 'https://example.com/00001'],
    });
    expect(JSON.stringify(section)).not.toMatch(/Law|ann@|20261|0b7c|2026-01-01/);
    expect(kept).toEqual(['licenses[].metadata.ok (boolean)']);
  });
});
