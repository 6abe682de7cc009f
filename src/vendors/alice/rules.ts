/** What a license is checked by. ALICE-RULES. */
import type { Rule } from '../../frameworks/aspnet-web-api/fluent-validation/validate.ts';

/** What a license needs to make sense; the vendor's own rules are unknown. */
export const defaultRules: readonly Rule[] = [
  { property: 'Name', validator: 'NotEmpty' },
  { property: 'AvailableSeats', validator: 'GreaterThan', arguments: [0] },
  { property: 'TargetUserGroupId', validator: 'NotEmpty' },
  { property: 'ContactEmail', validator: 'Email' },
  { property: 'EndDate', validator: 'After', arguments: ['StartDate'] },
  { property: 'Buffer', validator: 'GreaterThanOrEqual', arguments: [0] },
];
