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

# now: real time. now-30d, now+1y: that far behind or ahead of real time. 2026-01-01T00:00:00Z: frozen at that time.
clock: now
# The same seed generates the same values.
seed: 1
# open: creates unknown platforms, clients and courses on first use. closed: refuses them.
references: open
# wire: accepts what the vendors tolerate. strict: refuses it.
profile: wire
# Choices where the vendors' docs contradict themselves. specs/ledger.yaml lists them.
settings:
  ${row}: ${choice}

# Provider states for Pact tests, with their parameters. {externalId} below is replaced by the value.
providerStates:
  - ${name} with external id {externalId} exists
parameters:
  externalId: { type: string, default: ${name}-1, description: The id of the order in your own system. }

${vendors.map(renderSection).join('\n')}`;
}

function renderSection({ name, scenario }: Vendor): string {
  const lines = scenario.starter.trimEnd().split('\n');
  return [`${name}:`, ...lines.map((line) => `  ${line}`), ''].join('\n');
}
