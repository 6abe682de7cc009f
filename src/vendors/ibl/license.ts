/** A license as every operation answers it: keys in the order of the docs. Whether it is active says `is-active.ts`. */
import type { JsonObject } from '../../messages/json.ts';
import { showInstant } from '../../frameworks/django-rest-framework/instant.ts';
import type { License } from './records.ts';

export function showLicense(license: License, isActive: boolean): JsonObject {
  return {
    id: license.id,
    created: showInstant(license.created),
    started: showInstant(license.started),
    expired: license.expired === null ? null : showInstant(license.expired),
    name: license.name,
    count: license.count,
    active: isActive,
    metadata: license.metadata,
    source: license.source,
    external_id: license.external_id,
    platform_key: license.platform_key,
    program_id: license.program_id,
    program_key: license.program_key,
    program_name: license.program_name,
    usage_count: license.usage_count,
  };
}

/** With the assignments by status, as a verbose list shows it. */
export function showVerbose(license: License, isActive: boolean): JsonObject {
  const { usage_count: total, active_assignments: active } = license;
  return {
    ...showLicense(license, isActive),
    assignments: { total, active, pending: total - active },
  };
}
