/** Values that come at once from memory, and by a promise where their source has to wait. */

export type Awaitable<T> = T | Promise<T>;

/** What `next` makes of the value: at once where it is there, else by a promise. */
export function andThen<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
