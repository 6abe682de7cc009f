/** Values in insertion order, with removal in constant time: a doubly linked list. */

/** The position of a value in a chain. */
export type Link<T> = {
  readonly value: T;
  older: Link<T> | undefined;
  newer: Link<T> | undefined;
};

export type Chain<T> = {
  append(value: T): Link<T>;
  /** Removes a value that is in this chain. Call it once per value. */
  remove(link: Link<T>): void;
  oldest(): T | undefined;
  removeOldest(): T | undefined;
  newestFirst(): readonly T[];
  /** The newest value that fits; it looks no further. */
  findNewest(fits: (value: T) => boolean): T | undefined;
  size(): number;
};

export function createChain<T>(): Chain<T> {
  let oldest: Link<T> | undefined;
  let newest: Link<T> | undefined;
  let size = 0;
  const remove = (link: Link<T>): void => {
    const { older, newer } = link;
    if (older) older.newer = newer;
    else oldest = newer;
    if (newer) newer.older = older;
    else newest = older;
    // A link that the garbage collector has moved to its old space must not keep younger ones alive.
    link.older = undefined;
    link.newer = undefined;
    size -= 1;
  };

  return {
    append(value) {
      const link: Link<T> = { value, older: newest, newer: undefined };
      if (newest) newest.newer = link;
      else oldest = link;
      newest = link;
      size += 1;
      return link;
    },
    remove,
    oldest: () => oldest?.value,
    removeOldest() {
      const link = oldest;
      if (link) remove(link);
      return link?.value;
    },
    newestFirst() {
      const values: T[] = [];
      for (let link = newest; link; link = link.older) values.push(link.value);
      return values;
    },
    findNewest(fits) {
      let link = newest;
      while (link && !fits(link.value)) link = link.older;
      return link?.value;
    },
    size: () => size,
  };
}
