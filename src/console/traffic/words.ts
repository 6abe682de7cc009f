/** How the view words statuses and places. */
import type { Finding } from '../../control-api/control-api.ts';

export function classOfStatus(status: number): string {
  if (status >= 400 || status === 0) return 'bad';
  return status >= 300 ? 'warn' : 'good';
}

/** `started`, `assignments[2].email`, `query page_size`. */
export function nameOf({ in: place, path }: Finding): string {
  const name = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
  if (place === 'body') return name === '' ? 'the body' : name;
  return name === '' ? `the ${place}` : `${place} ${name}`;
}
