/** Refusals of what has the right type and exists, but breaks a rule. */
import type { Problem } from '../../frameworks/framework.ts';
import type { Json } from '../../messages/json.ts';
import type { Place } from '../../messages/message.ts';
import type { TiWorld } from './credentials.ts';
import { isLimited } from './seats.ts';

export function brokenRule(path: Place['path'], message: string): Problem {
  return { problem: 'invalid', violations: [{ in: 'body', path, keyword: 'rule', message }] };
}

/** TI-SEATS-BELOW-USE: `seatsLimit` is the new limit of a license or a client that uses so many seats. */
export function findLimitTooLow(
  seatsLimit: Json | undefined,
  used: number,
  world: TiWorld,
): Problem | undefined {
  if (!isLimited(seatsLimit) || used <= seatsLimit) return undefined;
  if (world.choose('TI-SEATS-BELOW-USE') === 'accepted') return undefined;
  return brokenRule(['seatsLimit'], `seatsLimit must not be below the ${used} seats in use.`);
}
