import type { Handler, World } from '../../vendor.ts';
import type { IblConfig } from '../credentials.ts';
import { isActiveIn } from '../is-active.ts';
import { licenseFilters } from '../license-filters.ts';
import { licenseSort } from '../license-sort.ts';
import { showPage } from '../pages.ts';
import { licenses } from '../records.ts';
import { showLicense, showVerbose } from '../license.ts';

const MAX_PAGE_SIZE = 100;

export const listProgramLicenses: Handler<IblConfig> = async (request, world) => {
  const { http, identity } = request;
  const query = request.query as Readonly<Record<string, string>>;
  const records = world.in(licenses);
  const where = licenseFilters(query, identity.scope, request.route.operation, world);
  const total = await records.count(where);
  const size = pageSize(query['page_size'], world);
  const page = Number(query['page'] ?? 1);
  const last = Math.max(1, Math.ceil(total / size));
  if (page < 1 || page > last) return { problem: 'not-found', detail: 'Invalid page.' };

  const sort = licenseSort(query['sort'], world);
  const found = await records.find({ where, sort, offset: (page - 1) * size, limit: size });
  const show = query['verbose'] === 'true' ? showVerbose : showLicense;
  const isActive = isActiveIn(world);
  const shown = found.map((license) => show(license, isActive(license)));
  const neighbours = {
    previous: page > 1 ? page - 1 : undefined,
    next: page < last ? page + 1 : undefined,
  };
  const body = showPage(total, neighbours, shown, http, world.choose('IBL-PAGE-LINKS'));
  return { status: 200, body };
};

/** What is below 1 counts as not given, what is above the maximum is cut to it. */
function pageSize(text: string | undefined, world: World<IblConfig>): number {
  const wanted = Number(text ?? 0);
  if (text !== undefined && (wanted < 1 || wanted > MAX_PAGE_SIZE)) {
    world.note('IBL-PAGE-SIZE-LIMITS');
  }
  return wanted < 1 ? Number(world.choose('IBL-PAGE-SIZE')) : Math.min(wanted, MAX_PAGE_SIZE);
}
