/** The section `ibl` of a scenario after its schema was checked. */
import type { JsonObject } from '../../messages/json.ts';
import type { HistoryEntry } from './records.ts';

type PlatformEntry = {
  readonly id?: number;
  readonly key: string;
  readonly org?: string;
  readonly name?: string;
};

type ProgramEntry = {
  readonly key: string;
  readonly id?: string;
  readonly name?: string;
  readonly platform: string;
};

export type LicenseEntry = {
  readonly id?: number;
  readonly platform_key: string;
  readonly program_key: string;
  readonly name: string;
  readonly count: number;
  readonly created?: string;
  readonly started?: string;
  readonly expired?: string | null;
  readonly external_id?: string | null;
  readonly active?: boolean;
  readonly metadata?: JsonObject;
  readonly enrollment_config?: JsonObject;
  readonly source?: string;
  readonly assignments?: { readonly active?: number; readonly pending?: number };
  readonly history?: readonly HistoryItem[];
};

export type HistoryItem = Pick<HistoryEntry, 'change_type' | 'at'> &
  Partial<Omit<HistoryEntry, 'license_id'>>;

export type GenerateEntry = {
  readonly generate: number;
  readonly platform_key?: string;
  readonly program_key?: string;
};

export type Section = {
  readonly platforms?: readonly PlatformEntry[];
  readonly programs?: readonly ProgramEntry[];
  readonly licenses?: readonly (LicenseEntry | GenerateEntry)[];
};
