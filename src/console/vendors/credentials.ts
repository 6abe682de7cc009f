/** The credentials that a sandbox accepts, as its banner writes them: `Authorization: Api-Token dm-admin  (DM admin)`. */
import type { VendorExample } from '../../control-api/control-api.ts';

export type Credential = {
  readonly label: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** Only those that are one header; a vendor without any has none to choose from. */
export function readCredentials(example: VendorExample | undefined): readonly Credential[] {
  return (example?.credentials ?? []).flatMap((line): Credential[] => {
    const [, name, value, label] = /^([\w-]+): (.+?)(?: {2}\((.*)\))?$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    return [{ label: label ?? value, headers: { [name.toLowerCase()]: value } }];
  });
}
