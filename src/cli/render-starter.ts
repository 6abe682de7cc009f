/** The file that `license-mock scenario new` writes: every part of a scenario once, with an explanation. */
import type { Settings } from '../ledger/ledger.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { renderYaml } from '../yaml/render-yaml.ts';

export function renderStarter(
  name: string,
  {
    schema,
    vendors,
    settings,
  }: {
    /** Path of the schema for editors, relative to the file. */
    readonly schema: string | undefined;
    readonly vendors: readonly Vendor[];
    /** The default of every ledger row that has choices. The first one serves as the example. */
    readonly settings: Settings;
  },
): string {
  const [row, choice] = Object.entries(settings)[0] ?? [];
  return `${schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`}# Check it: license-mock check scenarios/${name}.yaml
name: ${renderYaml(name).trimEnd()}
description: One license, and credentials to work with it.

# now: real time. now-30d, now+1y: so much behind or ahead of it. 2026-01-01T00:00:00Z: stands there.
clock: now
# What made-up values follow from: the same seed makes the same.
seed: 1
# open: what a request refers to is made on first use. closed: what is not there is refused.
references: open
# wire: tolerate what the vendors tolerate. strict: refuse it.
profile: wire
# Where the vendors' docs contradict themselves: which way to go. specs/ledger.yaml lists every row.
settings:
  ${row}: ${choice}

# Sentences that consumers' Pact tests name, and the values that these may give. Below, {externalId} is the value.
providerStates:
  - ${name} with external id {externalId} exists
parameters:
  externalId: { type: string, default: ${name}-1, description: What the order has in your own system. }

${vendors.map(renderSection).join('\n')}`;
}

function renderSection({ name, scenario }: Vendor): string {
  const lines = scenario.starter.trimEnd().split('\n');
  return [`${name}:`, ...lines.map((line) => `  ${line}`), ''].join('\n');
}
