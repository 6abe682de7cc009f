/** Reads a call's query; one that the call does not know would be without effect, so it is refused. */
import type { Operation } from '../openapi/operation.ts';
import { InvalidCall } from './problem.ts';

export function readQuery(url: string, { query: known }: Operation): Record<string, string> {
  const mark = url.indexOf('?');
  const given = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
  const names = Object.keys(known);
  for (const name of new Set(given.keys())) {
    const parameter = name.slice(0, 80);
    if (!names.includes(name)) {
      const takes = names.length > 0 ? `It takes ${names.join(', ')}.` : 'It takes none.';
      throw new InvalidCall([
        { detail: `The call takes no parameter "${parameter}". ${takes}`, parameter },
      ]);
    }
    if (given.getAll(name).length > 1) {
      throw new InvalidCall([{ detail: `${parameter}: is there several times.`, parameter }]);
    }
  }
  return Object.fromEntries(given);
}
