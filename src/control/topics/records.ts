/** What a sandbox stores: collections, and records with their life and their parts. */
import type { CollectionView, RecordView } from '../../control-api/control-api.ts';
import { MockError } from '../../errors.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { Condition, Query, Records } from '../../store/store.ts';
import { json, sandboxOf, type Topic } from '../call.ts';
import { collectionOf, momentsOf, recordsIn, shownCollections } from '../collections.ts';

/** How many parts of a kind are shown with a record. */
const MOST_PARTS = 100;

export const records: Topic = {
  async listCollections(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const collections = await parts.sandboxes.transactNow(name, async (_, transaction) => {
      const views: CollectionView[] = [];
      for (const { vendor, outline } of shownCollections(parts)) {
        const { collection, label, title, columns, operations } = outline;
        views.push({
          name: collection.name,
          vendor: vendor.name,
          label,
          key: collection.key,
          title,
          columns: [...columns],
          records: await transaction.in(collection).count(),
          operations: [...operations],
        });
      }
      return views;
    });
    return json({ collections });
  },

  async listRecords(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const { collection } = collectionOf(call, parts);
    const { text, sort, direction = 'ascending', offset = '0', limit = '100' } = call.query;
    const query: Query<JsonObject> = {
      sort: { field: sort ?? collection.key, direction: direction as 'ascending' | 'descending' },
    };
    const page = { offset: Number(offset), limit: Number(limit) };
    const found = await parts.sandboxes.transactNow(name, (_, transaction) =>
      findPage(recordsIn(transaction, collection), query, { ...page, text }),
    );
    return json(found);
  },

  async getRecord(call, parts) {
    const { name } = await sandboxOf(call, parts);
    const outline = collectionOf(call, parts);
    const { collection } = outline;
    const key = call.parameters['record'] ?? '';
    const view = await parts.sandboxes.transactNow(name, async (_, transaction) => {
      const record = await findRecord(recordsIn(transaction, collection), key);
      if (!record) throw missingRecord(collection.name, key);
      const owned: RecordView['parts'][number][] = [];
      for (const part of outline.parts) {
        const where: Condition<JsonObject>[] = [{ field: part.field, equals: record[part.by] }];
        const stored = recordsIn(transaction, part.collection);
        owned.push({
          collection: part.collection.name,
          records: [...(await stored.find({ where, limit: MOST_PARTS }))],
          total: await stored.count(where),
        });
      }
      return { record, moments: [...momentsOf(record, outline)], parts: owned };
    });
    return json(view);
  },
};

type Page = { readonly offset: number; readonly limit: number; readonly text: string | undefined };

async function findPage(stored: Records<JsonObject>, query: Query<JsonObject>, page: Page) {
  const { text, offset, limit } = page;
  if (text === undefined) {
    return {
      records: await stored.find({ ...query, offset, limit }),
      total: await stored.count(),
    };
  }
  const part = text.toLowerCase();
  const all = await stored.find(query);
  const found = all.filter((record) => hasText(record, part));
  return { records: found.slice(offset, offset + limit), total: found.length };
}

/** Whether a value in it contains the text, which is in lower case. Names of fields do not count. */
function hasText(value: unknown, part: string): boolean {
  if (typeof value !== 'object' || value === null) {
    return value !== null && String(value).toLowerCase().includes(part);
  }
  return Object.values(value).some((each) => hasText(each, part));
}

/** A key in a path is a text, also where the record has a number. */
async function findRecord(
  stored: Records<JsonObject>,
  key: string,
): Promise<JsonObject | undefined> {
  const byNumber = /^\d{1,15}$/.test(key) ? await stored.get(Number(key)) : undefined;
  return byNumber ?? stored.get(key);
}

function missingRecord(collection: string, key: string): MockError {
  return new MockError(
    'record-not-found',
    `${collection} has no record "${key.slice(0, 80)}". It may have been removed since.`,
  );
}
