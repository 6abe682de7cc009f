/**
 * A sorted list without duplicates, divided into blocks. Most items are added at the end. Adding elsewhere moves only one
 * block, and a page deep inside is found by skipping whole blocks.
 */
import type { Compare } from '../compare.ts';

const BLOCK_SIZE = 512;

export type SortedList<T> = {
  readonly compare: Compare<T>;
  /** None is empty. */
  readonly blocks: T[][];
  size: number;
};

export type Direction = 'ascending' | 'descending';

export function createSortedList<T>(compare: Compare<T>): SortedList<T> {
  return { compare, blocks: [], size: 0 };
}

/** Adds the item, or replaces the one that compares equal. */
export function putSorted<T>(list: SortedList<T>, item: T): void {
  const blockAt = findBlock(list, item);
  const block = list.blocks[blockAt];
  if (!block) {
    appendItem(list, item);
    return;
  }
  const at = findInBlock(block, item, list.compare);
  const there = block[at];
  if (there !== undefined && list.compare(there, item) === 0) {
    block[at] = item;
    return;
  }
  block.splice(at, 0, item);
  list.size++;
  if (block.length > BLOCK_SIZE) list.blocks.splice(blockAt + 1, 0, block.splice(BLOCK_SIZE / 2));
}

/** Removes the item that compares equal, if there is one. */
export function removeSorted<T>(list: SortedList<T>, item: T): void {
  const blockAt = findBlock(list, item);
  const block = list.blocks[blockAt];
  if (!block) return;
  const at = findInBlock(block, item, list.compare);
  const there = block[at];
  if (there === undefined || list.compare(there, item) !== 0) return;
  block.splice(at, 1);
  list.size--;
  if (block.length === 0) list.blocks.splice(blockAt, 1);
}

/** Visits the items after the first `skip`, until `visit` returns false. */
export function walkSorted<T>(
  list: SortedList<T>,
  direction: Direction,
  skip: number,
  visit: (item: T) => boolean,
): void {
  const { blocks } = list;
  const step = direction === 'ascending' ? 1 : -1;
  let toSkip = skip;
  let blockAt = step === 1 ? 0 : blocks.length - 1;
  for (let block = blocks[blockAt]; block; block = blocks[(blockAt += step)]) {
    if (toSkip >= block.length) {
      toSkip -= block.length;
      continue;
    }
    let at = step === 1 ? toSkip : block.length - 1 - toSkip;
    toSkip = 0;
    for (; at >= 0 && at < block.length; at += step) {
      const item = block[at];
      if (item !== undefined && !visit(item)) return;
    }
  }
}

/** A copy of the blocks as they are now. */
export function copyBlocks<T>(list: SortedList<T>): readonly (readonly T[])[] {
  return list.blocks.map((block) => block.slice());
}

function appendItem<T>(list: SortedList<T>, item: T): void {
  const last = list.blocks.at(-1);
  if (last && last.length < BLOCK_SIZE) last.push(item);
  else list.blocks.push([item]);
  list.size++;
}

/** The first block whose last item is not before `item`, or the number of blocks. */
function findBlock<T>({ blocks, compare }: SortedList<T>, item: T): number {
  return search(blocks.length, (at) => {
    const last = blocks[at]?.at(-1);
    return last !== undefined && compare(last, item) < 0;
  });
}

function findInBlock<T>(block: readonly T[], item: T, compare: Compare<T>): number {
  return search(block.length, (at) => {
    const there = block[at];
    return there !== undefined && compare(there, item) < 0;
  });
}

/** The first position that is not before the searched item. */
function search(length: number, isBefore: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
