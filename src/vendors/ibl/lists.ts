/** What all lists share: filters by platform, sorting, and one page of the answer. */
import { isProblem, type CheckedRequest, type Problem } from '../../frameworks/framework.ts';
import { REQUIRED } from '../../frameworks/django-rest-framework/field-errors.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { Reply } from '../../messages/message.ts';
import type { Collection, Condition, Query } from '../../store/store.ts';
import type { IblWorld } from './credentials.ts';
import { findPage, showPage } from './pages.ts';
import { invalid, wrongField } from './sentences.ts';

export type Sort<R extends object> = NonNullable<Query<R>['sort']>;

/** One page of the records that meet all conditions. */
export async function answerPage<R extends object>(
  { query, http }: CheckedRequest,
  collection: Collection<R>,
  { where, sort }: { readonly where: readonly Condition<R>[]; readonly sort: Sort<R> },
  show: (record: R) => JsonObject | Promise<JsonObject>,
  world: IblWorld,
): Promise<Reply | Problem> {
  const records = world.in(collection);
  const total = await records.count(where);
  const page = findPage(query, total, world);
  if (isProblem(page)) return page;
  const { offset, limit } = page;
  const shown: JsonObject[] = [];
  for (const record of await records.find({ where, sort, offset, limit })) {
    shown.push(await show(record));
  }
  return {
    status: 200,
    body: showPage(total, page, shown, http, world.choose('IBL-PAGE-LINKS')),
  };
}

/** A leading `-` means descending. If there are several terms (comma-separated), the first known field counts. */
export function readSort<R extends object>(
  text: string | undefined,
  fields: readonly (keyof R & string)[],
  normal: Sort<R>,
  world: IblWorld,
): Sort<R> {
  if (text === undefined) return normal;
  const terms = text.split(',').map((term) => term.trim());
  const valid = terms.flatMap((term) => parseTerm(term, fields) ?? []);
  if (valid.length !== 1 || terms.length !== 1) world.note('IBL-SORT');
  return valid[0] ?? normal;
}

function parseTerm<R extends object>(
  term: string,
  fields: readonly (keyof R & string)[],
): Sort<R> | undefined {
  const isDescending = term.startsWith('-');
  const name = isDescending ? term.slice(1) : term;
  const field = fields.find((each) => each === name);
  return field && { field, direction: isDescending ? 'descending' : 'ascending' };
}

const PLATFORM = ['platform_key', 'platform_org', 'key', 'org'];

/** Ledger row IBL-LIST-PLATFORM: with several platforms in one installation, a list has to name one. */
export function findMissingPlatform(
  { query }: CheckedRequest,
  world: IblWorld,
): Problem | undefined {
  if (PLATFORM.some((name) => query[name])) return undefined;
  return world.choose('IBL-LIST-PLATFORM') === 'required'
    ? invalid([wrongField('platform_key', REQUIRED)])
    : undefined;
}
