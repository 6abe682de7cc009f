import type { Reply } from '../../../messages/message.ts';
import type { IblWorld } from '../credentials.ts';

/** The answer to a removal: ledger row IBL-REMOVE-BODY. */
export function removed(world: IblWorld): Reply {
  world.note('IBL-REMOVE');
  const isEmpty = world.choose('IBL-REMOVE-BODY') === 'empty';
  return { status: 200, ...(!isEmpty && { body: {} }) };
}
