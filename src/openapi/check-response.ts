/** Prism as the judge of what the mock is about to send. */
import { createInstance } from '@stoplight/prism-http';
import type { Json } from '../vendors/vendor.ts';
import type { SpecOperation } from './load-spec.ts';
import { components, config, right } from './prism.ts';

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The value before it is encoded. */
  readonly body: Json | undefined;
};

/** The answer to check travels as the request's body, so that the instance holds nothing. */
const prism = createInstance(
  { ...config, validateRequest: false, validateResponse: true },
  {
    ...components,
    mock:
      ({ input }) =>
      () =>
        right(input.data.body as { statusCode: number }),
  },
);

/** What the answer breaks, one sentence each; empty: it fits. An undocumented status breaks it, whatever the status. */
export async function checkResponse(
  { prism: operation, emptyStatuses }: SpecOperation,
  answer: Answer,
): Promise<readonly string[]> {
  if (answer.body !== undefined && emptyStatuses.has(answer.status)) {
    return [`The spec documents no body for status ${answer.status}, but there is one.`];
  }
  const outcome = await prism.request(
    {
      method: 'get',
      url: { path: operation.path },
      body: { statusCode: answer.status, headers: answer.headers, body: answer.body },
    },
    [operation],
  )();
  if (outcome._tag === 'Left') throw outcome.left;
  return outcome.right.validations.output.map((found) => found.message);
}
