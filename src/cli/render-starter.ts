/** The file that `license-mock scenario new` writes: every part of a scenario once, with what it means. */

import { renderYaml } from '../yaml/render-yaml.ts';

/** `schema`: where editors find the schema, as seen from the file. */
export function renderStarter(name: string, schema: string | undefined): string {
  return `${schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`}# Check it: license-mock check scenarios/${name}.yaml
name: ${renderYaml(name).trimEnd()}
description: One license, and credentials to work with it.

# now: real time. now-30d, now+1y: so much behind or ahead of it. 2026-01-01T00:00:00Z: stands there.
clock: now
# What made-up values follow from: the same seed makes the same.
seed: 1
# open: an unknown platform, program, client or course is made on first use. closed: it is refused.
references: open
# wire: tolerate what the vendors tolerate. strict: refuse it.
profile: wire
# Where the vendors' docs contradict themselves: which way to go. specs/ledger.yaml lists every row.
settings:
  IBL-PAGE-LINKS: urls

# Sentences that consumers' Pact tests name, and the values that these may give. Below, {externalId} is the value.
providerStates:
  - ${name} with external id {externalId} exists
parameters:
  externalId: { type: string, default: ${name}-1, description: What the order has in your own system. }

ibl:
  credentials:
    - { token: dm-admin, role: dm-admin }
    - { token: platform-admin, role: platform-admin, platform: acme }
  platforms:
    - { id: 1, key: acme, org: acme, name: Acme Academy }
  programs:
    - { key: 'program-v1:acme+bar+2026', name: Bar Exam, platform: acme }
  licenses:
    - platform_key: acme
      program_key: program-v1:acme+bar+2026
      name: Spring cohort
      count: 100
      # Dates are relative to the clock, or ISO 8601.
      started: now-30d
      expired: now+1y
      external_id: '{externalId}'
      assignments: { active: 45, pending: 5 }
    # Many at once, made up:
    # - { generate: 500, platform_key: acme }

thought-industries:
  credentials:
    - { token: ti-key }

# alice needs no credentials. Its rules for a license:
# alice:
#   rules:
#     - { property: Name, validator: NotEmpty }
`;
}
