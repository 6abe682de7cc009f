/** PageIndex and PageSize: ALICE-PAGE-INDEX, ALICE-PAGE-SIZE. */
import type { JsonObject } from '../../messages/json.ts';
import type { World } from '../vendor.ts';

export type Page = {
  readonly size: number;
  /** As the vendor counts. */
  readonly index: number;
  readonly sizes: readonly number[];
  readonly offset: number;
  readonly limit: number;
};

const SIZES = [10, 25, 50, 100];
const MAX_SIZE = 1000;

/** What is left out is 0, as what is below the first page or size: it counts as not said. */
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
