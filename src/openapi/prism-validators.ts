/**
 * Prism's validators, called directly: by its public way each check costs several times as much, nearly all of it
 * around the schema (docs/decisions/0006-call-prism-s-validators.md). They are no part of what Prism promises, so that
 * its version is pinned exactly, and a test fails where an upgrade moves them.
 */
import { ValidationContext } from '@stoplight/prism-http/dist/validator/validators/types.js';
import { wildcardMediaTypeMatch } from '@stoplight/prism-http/dist/validator/utils/wildcardMediaTypeMatch.js';
import { validateAgainstSchema } from '@stoplight/prism-http/dist/validator/validators/utils.js';
import type { Json } from '../messages/json.ts';
import type { PrismOperation } from './read-operations.ts';

export {
  validateInput,
  validateOutput,
  validateSecurity,
} from '@stoplight/prism-http/dist/validator/index.js';

export type BodySchema = Parameters<typeof validateAgainstSchema>[1];

/** What Prism says of one thing that is wrong. Severity 0 is an error; everything else it only mentions. */
export type Finding = {
  readonly path?: readonly (string | number)[];
  readonly code?: string | number;
  readonly message: string;
  readonly severity: number;
};

type Content = { readonly mediaType: string; readonly schema?: object };

/** Bodies of these are not decoded by Prism, as forms are. */
const PLAIN = /^[a-z]+\/(?:json|xml|html|problem\+json)$/;
/** Prism rewrites these for each direction before it judges. */
const REWRITTEN = /"(?:allOf|readOnly|writeOnly)":/;

/**
 * The schema that Prism would hold a body of this media type against as it stands. Undefined where Prism does more
 * than that: it has to be asked in full.
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

/** As Prism judges a body inside its own checks. */
export function validateBody(
  body: Json,
  schema: BodySchema,
  direction: 'Input' | 'Output',
  operation: PrismOperation,
): readonly Finding[] {
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
