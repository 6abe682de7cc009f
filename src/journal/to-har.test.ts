/** The schema of HAR 1.2 is that of the package har-schema. */
import { createRequire } from 'node:module';
import { Ajv, type SchemaObject } from 'ajv';
import { expect, it } from 'vitest';
import { journalOf } from '../../test/support/memory-journal.ts';
import type { ExchangeOptions } from '../../test/support/recorded-exchange.ts';
import { toHar } from './to-har.ts';

const require = createRequire(import.meta.url);
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json') as SchemaObject);
for (const schema of Object.values(require('har-schema') as Record<string, SchemaObject>)) {
  ajv.addSchema(schema);
}
const isHar = ajv.getSchema('har.json#');

const xml = { 'content-type': 'application/xml' };
const exchanges: readonly ExchangeOptions[] = [
  { request: { url: '/_sandbox/x/api/catalog/licenses/program/?name=a%20b&page=2', body: '' } },
  { request: { body: { token: 'hunter2', count: 1 }, headers: { authorization: 'hunter2' } } },
  { status: 302, response: { headers: { location: '/elsewhere' }, body: '' } },
  { response: { headers: xml, body: '<a>1</a>' }, live: { outcome: 'compared' }, drift: [] },
  { response: { headers: {}, body: Buffer.from([0xff, 0x00, 0x81]) }, override: '1' },
  { status: 0, response: { headers: {}, body: '' } },
];

const read = async () => {
  const { entries } = await journalOf(exchanges).list('default');
  const har = toHar(entries.toReversed(), { base: 'http://127.0.0.1:4010', version: '1.0.0' });
  return har as { log: { entries: { request: { url: string }; response: object }[] } };
};

it('is a HAR of every exchange', async () => {
  const har = await read();
  expect(har.log.entries).toHaveLength(exchanges.length);
  expect(isHar?.(har), JSON.stringify(isHar?.errors)).toBe(true);
  expect(isHar?.({ log: { ...har.log, entries: [{}] } })).toBe(false);
});

it('has absolute URLs, the query, and bodies by their form', async () => {
  const { entries } = (await read()).log;
  expect(entries[0]?.request).toMatchObject({
    url: 'http://127.0.0.1:4010/_sandbox/x/api/catalog/licenses/program/?name=a%20b&page=2',
    queryString: [
      { name: 'name', value: 'a b' },
      { name: 'page', value: '2' },
    ],
  });
  expect(entries[2]?.response).toMatchObject({ status: 302, redirectURL: '/elsewhere' });
  expect(entries[3]?.response).toMatchObject({
    content: { mimeType: 'application/xml', text: '<a>1</a>', size: 8 },
  });
  expect(entries[4]?.response).toMatchObject({ content: { text: '/wCB', encoding: 'base64' } });
  expect(entries[5]?.response).toMatchObject({ status: 0, statusText: '' });
});

it('keeps secrets redacted', async () => {
  expect(JSON.stringify(await read())).not.toContain('hunter2');
});
