/** Values that are available at once from memory, or through a promise from a slower source. */

export type Awaitable<T> = T | Promise<T>;

/** Applies `next` to the value: at once if it is available, otherwise through a promise. */
export function andThen<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
