/** What the vendor keeps of a scenario beside records. */
import type { Rule } from '../../frameworks/aspnet-web-api/fluent-validation/validate.ts';

export type Credential = {
  /** A header's name. */
  readonly header: string;
  /** The header's whole value. */
  readonly token: string;
};

export type AliceConfig = {
  /** Empty: none needed. ALICE-CREDENTIALS. */
  readonly credentials: readonly Credential[];
  readonly rules: readonly Rule[];
};
