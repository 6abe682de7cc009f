/** What in a rule's `when` cannot be compared, or could never match. */
import { messageOf } from '../errors.ts';
import type { SchemaFault } from '../schema/json-schema.ts';
import { parseExpression } from '../matching/match-request.ts';
import type { Override } from './override.ts';

/** What a part looks like that is no expression. */
const METHOD = { plain: /^[A-Z-]+$/, message: 'methods are in upper case: GET, POST.' };
const PATH = {
  plain: /^\/[^?#]*$/,
  message: 'a path starts with / and has no query; the query goes into when.query.',
};
const ANY = { plain: /^/, message: '' };

export function* findPatternFaults(when: Override['when'] = {}): Generator<SchemaFault> {
  const { method, path, headers = {}, query = {} } = when;
  if (method !== undefined) yield* findFaults(['method'], method, METHOD);
  if (path !== undefined) yield* findFaults(['path'], path, PATH);
  for (const [name, text] of Object.entries(headers)) {
    yield* findFaults(['headers', name], text, ANY);
  }
  for (const [name, text] of Object.entries(query)) yield* findFaults(['query', name], text, ANY);
}

function* findFaults(
  at: string[],
  text: string,
  { plain, message }: typeof ANY,
): Generator<SchemaFault> {
  const path = ['when', ...at];
  try {
    if (!parseExpression(text) && !plain.test(text)) yield { path, message };
  } catch (thrown) {
    yield {
      path,
      message: `the regular expression is broken: ${messageOf(thrown).slice(0, 200)}.`,
    };
  }
}
