import type { Reply } from '../../../messages/message.ts';
import type { IblWorld } from '../credentials.ts';

/** IBL-REMOVE-BODY: no body of the answer to a removal is documented. */
export function removed(world: IblWorld): Reply {
  return world.choose('IBL-REMOVE-BODY') === 'none' ? { status: 200 } : { status: 200, body: {} };
}
