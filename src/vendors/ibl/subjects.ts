/** What licenses are for, beside a platform, such as programs and courses. */
import type { Collection } from '../../store/store.ts';
import type { IblWorld } from './credentials.ts';
import type { SubjectEntry, SubjectField } from './kind-table.ts';
import { refOf, type SubjectFields } from './records.ts';

type Records = Pick<IblWorld, 'in'>;

type SubjectRecord = {
  /** Platform and key (see `refOf`), because two platforms may have subjects with the same key. */
  readonly ref: string;
  readonly key: string;
  readonly name: string;
  readonly platform_key: string;
  /** Programs only. Default: the key. Ledger row IBL-PROGRAM-ID. */
  readonly program_id?: string;
};

/** A subject's name, and the fields that a license for it has. */
export type Found = { readonly name: string; readonly fields: SubjectFields };

type Known = Pick<SubjectRecord, 'key' | 'platform_key'> & {
  readonly id?: string;
  readonly name?: string;
};

export type Subject = SubjectEntry<SubjectField> & {
  readonly collection: Collection<SubjectRecord>;
  /** Whether a scenario can give it an id beside its key. */
  readonly hasId: boolean;
  find(key: string, platformKey: string, world: Records): Promise<Found | undefined>;
  /** Every one of a platform. */
  of(platformKey: string, world: Records): Promise<readonly Found[]>;
  add(known: Known, world: Records): Promise<Found>;
};

export function subjectOf(entry: SubjectEntry<SubjectField>): Subject {
  const collection: Collection<SubjectRecord> = {
    name: `ibl.${entry.list}`,
    key: 'ref',
    indexes: [{ field: 'platform_key', unique: false }],
  };
  const found = (record: SubjectRecord): Found => ({
    name: record.name,
    fields: Object.fromEntries(
      Object.entries(entry.fields).map(([name, from]) => [name, record[from] ?? record.key]),
    ),
  });
  return {
    ...entry,
    collection,
    hasId: Object.values(entry.fields).includes('program_id'),
    async find(key, platformKey, world) {
      const record = await world.in(collection).get(refOf(platformKey, key));
      return record && found(record);
    },
    async of(platformKey, world) {
      const where = [{ field: 'platform_key', equals: platformKey } as const];
      return (await world.in(collection).find({ where })).map(found);
    },
    async add({ key, platform_key, id, name = key }, world) {
      const own = { ref: refOf(platform_key, key), key, name, platform_key };
      const record = { ...own, ...(id !== undefined && { program_id: id }) };
      await world.in(collection).insert(record);
      return found(record);
    },
  };
}
