/** TI-SORT: the parameter `sort` is a field, ascending, or a field with its direction: `label:asc`, `name:desc`. */
import type { Problem } from '../../frameworks/framework.ts';
import type { Query as Parameters } from '../../messages/message.ts';
import type { Query } from '../../store/store.ts';
import type { TiWorld } from './credentials.ts';
import { malformed } from './find.ts';

/** Undefined where nothing was asked for, or what was asked for is ignored. */
export function readSort<R extends object>(
  sent: Parameters[string] | undefined,
  fields: readonly (keyof R & string)[],
  world: TiWorld,
): Query<R>['sort'] | Problem {
  if (sent === undefined || sent === '') return undefined;
  const [name, direction = 'asc', ...rest] = String(sent).split(':');
  const field = fields.find((each) => each === name);
  if (!field || rest.length > 0 || !['asc', 'desc'].includes(direction)) {
    return world.choose('TI-SORT') === 'refused' ? malformed('query', 'sort') : undefined;
  }
  world.note('TI-SORT');
  return { field, direction: direction === 'asc' ? 'ascending' : 'descending' };
}
