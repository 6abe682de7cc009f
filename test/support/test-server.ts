/** A server for tests, and its options. */
import type { Vendor } from '../../src/vendors/vendor.ts';

export type TestServerOptions = {
  /** A name, or the YAML text of a scenario (told by its line breaks). Default: empty. */
  readonly scenario?: string;
  /** Ledger choices, as `--set`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly profile?: 'wire' | 'strict';
  /** Freezes the clock at this instant. Default: real time. */
  readonly clock?: string;
  /** A folder; default: memory. */
  readonly data?: string;
  /** Default: those of the package. */
  readonly vendors?: readonly Vendor[];
  /** Any other option of `serve`, by its flag's name. */
  readonly options?: Readonly<Record<string, string | readonly string[]>>;
  /** Collects the server's log, one JSON object per line. */
  readonly log?: string[];
};

export type TestServer = { readonly url: string; stop(): Promise<void> };
