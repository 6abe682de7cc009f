/** Reads a call's query; one that the call does not know would be without effect, so it is refused. */
import { findSimilar } from '../matching/nearest.ts';
import type { Operation } from '../openapi/operation.ts';
import { InvalidCall } from './problem.ts';

export function readQuery(url: string, { query: known }: Operation): Record<string, string> {
  const mark = url.indexOf('?');
  const given = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
  const names = Object.keys(known);
  for (const name of new Set(given.keys())) {
    const parameter = name.slice(0, 80);
    if (!names.includes(name)) {
      const similar = findSimilar(name, names);
      const guess = similar === undefined ? '' : `Did you mean ${similar}? `;
      const takes =
        names.length > 0 ? `${guess}Its parameters: ${names.join(', ')}.` : 'It has no parameters.';
      throw new InvalidCall([
        { detail: `This call has no parameter "${parameter}". ${takes}`, parameter },
      ]);
    }
    if (given.getAll(name).length > 1) {
      throw new InvalidCall([{ detail: `${parameter}: was sent more than once.`, parameter }]);
    }
  }
  return Object.fromEntries(given);
}
