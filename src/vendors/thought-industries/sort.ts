/** TI-SORT: the parameter `sort` is a field, ascending, or a field with its direction: `label:asc`, `name:desc`. */
import type { Query as Parameters } from '../../messages/message.ts';
import type { Query } from '../../store/store.ts';

/** Undefined where nothing was asked for. */
export function readSort<R extends object>(
  sent: Parameters[string] | undefined,
  fields: readonly (keyof R & string)[],
): Query<R>['sort'] | 'malformed' {
  if (sent === undefined || sent === '') return undefined;
  const [name, direction = 'asc', ...rest] = String(sent).split(':');
  const field = fields.find((each) => each === name);
  if (!field || rest.length > 0 || !['asc', 'desc'].includes(direction)) return 'malformed';
  return { field, direction: direction === 'asc' ? 'ascending' : 'descending' };
}
