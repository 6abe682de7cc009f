import type { Reply } from '../../../messages/message.ts';
import type { IblWorld } from '../credentials.ts';

/** The answer to a removal, whose body is not documented: ledger row IBL-REMOVE-BODY. */
export function removed({ note }: IblWorld): Reply {
  note('IBL-REMOVE');
  note('IBL-REMOVE-BODY');
  return { status: 200, body: {} };
}
