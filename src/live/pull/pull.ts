/** Reads what a live vendor's list operations show, as a scenario document. */
import { MockError } from '../../errors.ts';
import type { JsonObject } from '../../messages/json.ts';
import type { Vendor } from '../../vendors/vendor.ts';
import { createHttpClient } from '../http-client.ts';
import { anonymize } from './anonymize.ts';
import { fitSection } from './fit-section.ts';
import { createPacedAsk, type Source } from './paced-ask.ts';

export type Pulled = {
  readonly document: JsonObject;
  readonly requests: number;
  /** By list, how many records there are. */
  readonly counts: Readonly<Record<string, number>>;
  /** What does not fit into a scenario, a sentence each. */
  readonly leftOut: readonly string[];
  /** The fields that the anonymization kept as they are. Undefined: nothing was anonymized. */
  readonly kept: readonly string[] | undefined;
};

/** `nowMs`: the clock of the scenario stands there. Rejects with `MockError`. */
export async function pull(
  vendor: Vendor,
  source: Source,
  options: {
    readonly name: string;
    readonly isAnonymized: boolean;
    readonly hasSeats: boolean;
    readonly nowMs: number;
  },
): Promise<Pulled> {
  if (!vendor.pull) {
    throw new MockError('bad-option', `${vendor.name} has no lists that can be pulled.`);
  }
  const { ask, count } = createPacedAsk(source, createHttpClient());
  const read = await vendor.pull.read(ask, options);
  const { section, leftOut } = fitSection(read, vendor.scenario.schema);
  const { schema } = vendor.scenario;
  const anonymized = options.isAnonymized
    ? anonymize(section, schema, vendor.pull.kept)
    : undefined;
  const shown = anonymized?.section ?? section;
  return {
    document: {
      name: options.name,
      description: `What the lists of ${vendor.name} showed${anonymized ? ', anonymized' : ''}.`,
      clock: new Date(options.nowMs).toISOString(),
      [vendor.name]: shown,
    },
    requests: count(),
    counts: Object.fromEntries(
      Object.entries(shown).map(([list, records]) => [
        list,
        Array.isArray(records) ? records.length : 1,
      ]),
    ),
    leftOut,
    kept: anonymized?.kept,
  };
}
