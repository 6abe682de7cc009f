/**
 * Calls Prism's validators directly, because its public API makes each check several times as expensive, mostly
 * outside the schema (docs/decisions/0006-call-prism-s-validators.md). They are not part of Prism's public API, so
 * its version is pinned exactly, and a test fails if an upgrade moves them.
 */
import { ValidationContext } from '@stoplight/prism-http/dist/validator/validators/types.js';
import { validate as validateParams } from '@stoplight/prism-http/dist/validator/validators/headers.js';
import { wildcardMediaTypeMatch } from '@stoplight/prism-http/dist/validator/utils/wildcardMediaTypeMatch.js';
import {
  convertAjvErrors,
  validateAgainstSchema,
} from '@stoplight/prism-http/dist/validator/validators/utils.js';
import type { Json } from '../messages/json.ts';
import { fullChecks, quickChecks } from './compiled-checks.ts';
import type { PrismOperation } from './read-operations.ts';

export {
  validateInput,
  validateOutput,
  validateSecurity,
} from '@stoplight/prism-http/dist/validator/index.js';

export type BodySchema = Parameters<typeof validateAgainstSchema>[1];

export type HeaderSpecs = NonNullable<PrismOperation['responses'][number]['headers']>;

/** One finding of Prism. Severity 0 is an error; others are only notes. */
export type Finding = {
  readonly path?: readonly (string | number)[];
  readonly code?: string | number;
  readonly message: string;
  readonly severity: number;
};

type Content = { readonly mediaType: string; readonly schema?: object };

/** Media types whose bodies Prism does not decode, unlike forms. */
const PLAIN = /^[a-z]+\/(?:json|xml|html|problem\+json)$/;
/** Prism rewrites schemas with these keywords for each direction before it checks. */
const REWRITTEN = /"(?:allOf|readOnly|writeOnly)":/;

/**
 * Returns the schema that Prism would use unchanged for a body of this media type. Undefined if Prism does more
 * than that and must run its full check.
 */
export function findBodySchema(
  contents: readonly Content[] | undefined,
  mediaType: string | undefined,
): BodySchema | undefined {
  if (mediaType === undefined) return undefined;
  const content = contents?.find((each) => wildcardMediaTypeMatch(mediaType, each.mediaType));
  if (!content?.schema || !PLAIN.test(content.mediaType)) return undefined;
  return REWRITTEN.test(JSON.stringify(content.schema))
    ? undefined
    : (content.schema as BodySchema);
}

/** Checks a body like Prism's own check. */
export function validateBody(
  body: Json,
  schema: BodySchema,
  direction: 'Input' | 'Output',
  operation: PrismOperation,
): readonly Finding[] {
  if (quickChecks.find(schema)?.(body)) return [];
  const full = fullChecks.find(schema);
  if (full) {
    if (full(body)) return [];
    const context = ValidationContext[direction];
    return convertAjvErrors(full.errors as never, 0, context, 'body') as readonly Finding[];
  }
  const { __bundled__: bundle } = operation as { readonly __bundled__?: unknown };
  const found = validateAgainstSchema(
    body,
    schema,
    false,
    ValidationContext[direction],
    'body',
    bundle,
  );
  return found._tag === 'Some' ? found.value : [];
}

/** Checks the headers of an answer like Prism's own check. */
export function validateHeaders(
  headers: Readonly<Record<string, string>>,
  documented: HeaderSpecs,
  operation: PrismOperation,
): readonly Finding[] {
  const { __bundled__: bundle } = operation as { readonly __bundled__?: unknown };
  const checked = validateParams({ ...headers }, documented, ValidationContext.Output, bundle);
  return checked._tag === 'Left' ? (checked.left as readonly Finding[]) : [];
}
