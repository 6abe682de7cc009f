/** Words for the names of generated courses, learning paths and tags. */

export const SUBJECTS = [
  'Workplace Safety',
  'Data Privacy',
  'Customer Success',
  'Project Management',
  'Inclusive Leadership',
  'Cloud Security',
  'Negotiation',
  'Food Hygiene',
  'Anti-Money Laundering',
  'Product Onboarding',
  'Business Writing',
  'Machine Learning',
  'Conflict Resolution',
  'Forklift Operation',
  'Patient Care',
  'Financial Modeling',
  'Public Speaking',
  'Lean Manufacturing',
  'Contract Law',
  'Network Administration',
  'Sales Enablement',
  'Change Management',
  'Clinical Research',
  'Accessible Design',
  'Fire Prevention',
  'Supply Chain Planning',
  'Remote Collaboration',
  'Fraud Detection',
  'Energy Auditing',
  'Early Childhood Education',
] as const;

export const COURSE_FORMS = [
  '{} Essentials',
  'Introduction to {}',
  '{} in Practice',
  'Advanced {}',
  '{} for Managers',
  '{} Refresher',
  'The {} Handbook',
  '{} Case Studies',
] as const;

export const PATH_FORMS = [
  '{} Certification',
  '{} Career Track',
  '{} Onboarding',
  '{} Specialist Program',
  'Foundations of {}',
] as const;

export const TAG_FORMS = ['{}', '{} Library', '{} 2026', 'Core {}', '{} Electives'] as const;

export const SCHOOL_FORMS = ['{} Academy', '{} University', '{} Learning Hub'] as const;

/** Fills the gap in a form. */
export function fill(form: string, words: string): string {
  return form.replace('{}', () => words);
}

/** Writes a title as in URLs: `workplace-safety-essentials`. */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return slug === '' ? 'untitled' : slug;
}
