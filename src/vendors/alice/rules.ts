/** The rules that check a license. ALICE-RULES. */
import type { Rule } from '../../frameworks/aspnet-web-api/fluent-validation/validate.ts';

/** Minimum rules for a meaningful license. The vendor's own rules are unknown. */
export const defaultRules: readonly Rule[] = [
  { property: 'Name', validator: 'NotEmpty' },
  { property: 'AvailableSeats', validator: 'GreaterThan', arguments: [0] },
  { property: 'TargetUserGroupId', validator: 'NotEmpty' },
  { property: 'ContactEmail', validator: 'Email' },
  { property: 'EndDate', validator: 'After', arguments: ['StartDate'] },
  { property: 'Buffer', validator: 'GreaterThanOrEqual', arguments: [0] },
];
