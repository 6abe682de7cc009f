/** The records that ibl stores. Fields have the vendor's names. Instants have the form that `toStored` writes. */
import type { Collection } from '../../store/store.ts';
import type { Json, JsonObject } from '../../messages/json.ts';

export type License = {
  readonly id: number;
  readonly created: string;
  readonly started: string;
  readonly expired: string | null;
  readonly name: string;
  readonly count: number;
  /** The stored flag, which does not depend on the dates: ledger row IBL-ACTIVE-EXPIRED. */
  readonly active: boolean;
  readonly metadata: JsonObject;
  readonly source: string;
  readonly external_id: string | null;
  readonly platform_key: string;
  readonly platform_org: string;
  readonly program_id: string;
  readonly program_key: string;
  readonly program_name: string;
  /** The number of active and pending assignments: ledger row IBL-USAGE-COUNT. */
  readonly usage_count: number;
  readonly active_assignments: number;
  /** Stored, but never shown. */
  readonly enrollment_config: JsonObject;
};

export type Platform = {
  readonly id: number;
  readonly key: string;
  readonly org: string;
  readonly name: string;
};

export type Program = {
  /** Platform and key (see `programRef`), because two platforms may have programs with the same key. */
  readonly ref: string;
  readonly key: string;
  /** The key, unless a scenario gives another id: ledger row IBL-PROGRAM-ID. */
  readonly program_id: string;
  readonly name: string;
  readonly platform_key: string;
};

export type HistoryEntry = {
  readonly id: number;
  readonly license_id: number;
  readonly change_type: string;
  readonly transaction_id: string | null;
  /** The credential's token, or `scenario`. */
  readonly by: string;
  readonly at: string;
  /** The old value (null for a creation) and the new value of each changed field. */
  readonly changes: Readonly<Record<string, { readonly from: Json; readonly to: Json }>>;
};

export const licenses: Collection<License> = {
  name: 'ibl.licenses',
  key: 'id',
  indexes: [
    { field: 'external_id', unique: true },
    { field: 'platform_key', unique: false },
    { field: 'platform_org', unique: false },
    { field: 'program_id', unique: false },
  ],
};

export const platforms: Collection<Platform> = {
  name: 'ibl.platforms',
  key: 'id',
  indexes: [
    { field: 'key', unique: true },
    { field: 'org', unique: false },
  ],
};

export const programs: Collection<Program> = {
  name: 'ibl.programs',
  key: 'ref',
  indexes: [{ field: 'platform_key', unique: false }],
};

export const history: Collection<HistoryEntry> = {
  name: 'ibl.history',
  key: 'id',
  indexes: [{ field: 'license_id', unique: false }],
};

/** The key of a program's record. */
export function programRef(platformKey: string, programKey: string): string {
  return JSON.stringify([platformKey, programKey]);
}
