/** The settings of a client in a request's body. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { TiWorld } from './credentials.ts';
import { clients } from './records.ts';
import type { Problem } from '../../frameworks/framework.ts';
import { parseTimestamp } from './timestamp.ts';

/** All are fields of the client's answer too. */
const SETTINGS = new Set([
  'name',
  'slug',
  'sku',
  'seatsLimit',
  'notificationEmails',
  'licenseEndDate',
  'defaultLanguage',
  'enableSegmentation',
  'enableDiscussions',
  'enableCommunitiesSegmentation',
  'enableEcommerce',
  'enableRecommendationAssessment',
  'enableBranding',
  'enableOnboardingSurvey',
  'enableGlobalLinks',
  'enableNavLinks',
  'enableContentDetailPage',
  'enableLicenseDashboards',
  'enableCreditPurchasing',
]);

export function readSettings(sent: JsonObject): JsonObject {
  const known = Object.entries(sent).filter(([name]) => SETTINGS.has(name));
  return Object.fromEntries(
    known.map(([name, value]): [string, Json] => [
      name,
      name === 'licenseEndDate' ? (parseTimestamp(String(value))?.utc ?? null) : value,
    ]),
  );
}

/** TI-CLIENT-SLUGS: a client's pages are found by its slug. */
export async function findSlugTaken(
  slug: Json | undefined,
  own: string | undefined,
  world: TiWorld,
): Promise<Problem | undefined> {
  if (typeof slug !== 'string') return undefined;
  const found = await world
    .in(clients)
    .find({ where: [{ field: 'slug', equals: slug }], limit: 2 });
  if (found.every(({ id }) => id === own) || world.choose('TI-CLIENT-SLUGS') === 'free') {
    return undefined;
  }
  const message = `A client with the slug ${slug} already exists.`;
  return {
    problem: 'conflict',
    violations: [{ in: 'body', path: ['slug'], keyword: 'unique', message }],
  };
}
