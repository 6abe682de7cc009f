/** Pages of a search, by PageIndex and PageSize. ALICE-PAGE-INDEX, ALICE-PAGE-SIZE. */
import type { JsonObject } from '../../messages/json.ts';
import type { World } from '../vendor.ts';

export type Page = {
  readonly size: number;
  /** As the vendor counts pages. */
  readonly index: number;
  readonly sizes: readonly number[];
  readonly offset: number;
  readonly limit: number;
};

const SIZES = [10, 25, 50, 100];
const MAX_SIZE = 1000;

/** A missing value is 0. A value that is too small is replaced by the first page or the default size. */
export function findPage(
  { PageIndex = 0, PageSize = 0 }: JsonObject,
  world: Pick<World<unknown>, 'choose'>,
): Page {
  const first = Number(world.choose('ALICE-PAGE-INDEX'));
  const index = Math.max(first, Number(PageIndex));
  const wanted = Number(PageSize);
  const size = wanted > 0 ? Math.min(wanted, MAX_SIZE) : Number(world.choose('ALICE-PAGE-SIZE'));
  return { size, index, sizes: SIZES, offset: (index - first) * size, limit: size };
}
