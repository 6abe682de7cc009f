/** The `ibl` section of a new scenario file. */
export const starter = `credentials:
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
`;
