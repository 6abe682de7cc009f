/** The list of vendors. A new vendor needs a spec, a folder and a line here. */
import { alice } from './alice/alice.ts';
import { ibl } from './ibl/ibl.ts';
import { thoughtIndustries } from './thought-industries/thought-industries.ts';
import type { Vendor } from './vendor.ts';

export const vendors: readonly Vendor[] = [ibl, thoughtIndustries, alice];
