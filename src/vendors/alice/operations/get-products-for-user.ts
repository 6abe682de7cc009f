/** GET /api/products/getForUser: lists the titles that a user can use. */
import type { Handler } from '../../vendor.ts';
import { findObstacle, licensesAround, readAsking } from '../access.ts';
import { isbnsOf } from '../made-content.ts';
import { ok } from '../envelopes.ts';
import type { License } from '../records.ts';
import type { AliceConfig } from '../scenario.ts';
import { showProduct } from '../show/licensed-product.ts';

export const getProductsForUser: Handler<AliceConfig> = async ({ query }, world) => {
  const { userId, institutionNumber = '', isbn: wanted, includeLicenses } = query;
  const user = String(userId).toLowerCase();
  const asking = await readAsking(user, String(institutionNumber), world);
  const usable = (await licensesAround(asking, world)).filter(
    (license) => findObstacle(license, world) === undefined,
  );
  const byIsbn = new Map<string, License[]>();
  for (const license of usable) {
    for (const isbn of isbnsOf(license)) {
      if (wanted !== undefined && wanted !== isbn) continue;
      byIsbn.set(isbn, [...(byIsbn.get(isbn) ?? []), license]);
    }
  }
  world.note('ALICE-PRODUCTS');
  const isIncluded = includeLicenses === 'true';
  const products = [...byIsbn].map(([isbn, licenses]) => showProduct(isbn, licenses, isIncluded));
  return ok(products);
};
