/** GET /api/GetLicenseAnonymized: says whether a user can use a product, and gives the user a seat. */
import type { Handler, World } from '../../vendor.ts';
import { findObstacle, isFor, readAsking, type Asking, type Obstacle } from '../access.ts';
import { isbnsOf } from '../made-content.ts';
import { ok } from '../envelopes.ts';
import { licenses, titles, type License } from '../records.ts';
import type { AliceConfig } from '../scenario.ts';
import { hasFreeSeat, licensesHeldBy, takeSeat } from '../seats.ts';
import { showAccess } from '../show/licensed-product.ts';

/** The number of licenses that are read at a time. */
const PAGE = 50;

export const getLicenseAnonymized: Handler<AliceConfig> = async ({ query }, world) => {
  const product = String(query['productKey']).trim();
  const institution = query['institutionNumber'];
  const user = String(query['userId']).toLowerCase();
  const asking = await readAsking(
    user,
    institution === undefined ? null : String(institution),
    world,
  );
  const found = await findAccess(asking, product, world);
  world.note('ALICE-ACCESS-ANSWER');
  return ok(showAccess(asking, found));
};

async function findAccess(
  asking: Asking,
  product: string,
  world: World<AliceConfig>,
): Promise<License | Obstacle> {
  const held = await licensesHeldBy(asking.id, world);
  const own = held.filter((each) => isbnsOf(each).includes(product) && isFor(each, asking));
  const usable = own.find((each) => findObstacle(each, world) === undefined);
  if (usable) return usable;
  const takesSeat = world.choose('ALICE-TAKES-SEAT') === 'first-answer';
  const free = await findFree(asking, product, world);
  if (typeof free !== 'string' && takesSeat) await takeSeat(free, asking.id, world);
  return free;
}

/** The first license with a free seat that the user can use, or the reason why there is none. */
async function findFree(
  asking: Asking,
  product: string,
  world: World<AliceConfig>,
): Promise<License | Obstacle> {
  const free = [{ field: 'free' as const, equals: product }];
  let obstacle: Obstacle | undefined;
  for (let offset = 0; ; offset += PAGE) {
    const page = await world.in(titles).find({ where: free, offset, limit: PAGE });
    for (const { license: number } of page) {
      const license = await world.in(licenses).get(number);
      if (!license || !isFor(license, asking)) continue;
      const found = findObstacle(license, world);
      if (found === undefined) return license;
      obstacle ??= found;
    }
    if (page.length < PAGE) break;
  }
  return obstacle ?? ((await isFull(asking, product, world)) ? 'no-seat' : 'no-license');
}

/** True if one of the product's first licenses is for the user and has no free seat. */
async function isFull(
  asking: Asking,
  product: string,
  world: World<AliceConfig>,
): Promise<boolean> {
  const where = [{ field: 'isbn' as const, equals: product }];
  for (const { license: number } of await world.in(titles).find({ where, limit: PAGE })) {
    const license = await world.in(licenses).get(number);
    if (license && isFor(license, asking) && !hasFreeSeat(license, world)) return true;
  }
  return false;
}
