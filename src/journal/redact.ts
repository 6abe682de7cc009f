/** Removes secrets from everything that the journal shows. */
import { REDACTED, redactText } from './redact-text.ts';
import { createSecretNames } from './secret-names.ts';

export { REDACTED } from './redact-text.ts';

/** Recursion and `JSON.stringify` fail on deeper values. */
const MAX_DEPTH = 100;
const TOO_DEEP = `[nested more deeply than ${MAX_DEPTH} levels]`;

export type Redactor = {
  isSecret(name: string): boolean;
  header(name: string, value: string): string;
  url(url: string): string;
  /** A query or a form's body, as sent. */
  form(text: string): string;
  json(value: unknown): unknown;
  /** A named JSON value. `null` and booleans are not secrets and stay: `askLearnerPassword: true`. */
  field(name: string, value: unknown): unknown;
  /** Anything else. */
  text(text: string): string;
};

export function createRedactor(redactedNames: readonly string[]): Redactor {
  const names = createSecretNames(redactedNames);

  const text = (value: string): string => redactText(value, names);

  const json = (value: unknown, depth = 0): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth === MAX_DEPTH) return TOO_DEEP;
    if (Array.isArray(value)) return value.map((each) => json(each, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [text(name), field(name, each, depth + 1)]),
    );
  };

  const field = (name: string, value: unknown, depth = 0): unknown =>
    value !== null && typeof value !== 'boolean' && names.has(name) ? REDACTED : json(value, depth);

  const form = (value: string): string => value.split('&').map(pair).join('&');

  const pair = (written: string): string => {
    const mark = written.indexOf('=');
    // A part without `=` can be anything, such as JSON sent as a form.
    const name = decodeField(mark === -1 ? written : written.slice(0, mark));
    if (text(name) !== name) return REDACTED;
    if (mark === -1 || mark === written.length - 1) return written;
    const value = decodeField(written.slice(mark + 1));
    const isSecret = names.has(name) || text(value) !== value;
    return isSecret ? `${written.slice(0, mark)}=${REDACTED}` : written;
  };

  return {
    isSecret: names.has,
    header: (name, value) => (names.hasHeader(name) ? REDACTED : text(value)),
    url(url) {
      const mark = url.indexOf('?');
      return mark === -1 ? text(url) : `${text(url.slice(0, mark))}?${form(url.slice(mark + 1))}`;
    },
    form,
    json: (value) => json(value),
    field: (name, value) => field(name, value),
    text,
  };
}

/** Decodes a form field. Returns invalid escapes unchanged. */
function decodeField(written: string): string {
  const spaced = written.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
