/** Converts an interaction of any Pact version to the form that the comparator reads. */
import type { Content, Interaction, Message } from './contract.ts';
import { isOffered } from './judge.ts';
import { isJsonType } from '../messages/media-type.ts';
import type { Route } from '../openapi/operation.ts';

/** Writes the path as in the spec: without a gateway's prefix, in the spec's letter case. */
export function toComparedPact(interaction: Interaction, route: Route | undefined): object {
  const { description, request, response } = interaction;
  const { operation, parameters } = route ?? {};
  const path = operation?.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters?.[name] ?? ''),
  );
  const answer = request.method === 'HEAD' ? { ...response, body: undefined } : response;
  return {
    metadata: { pactSpecification: { version: '3.0.0' } },
    interactions: [
      {
        description,
        request: {
          ...toMessage(request),
          method: toComparedMethod(interaction, route),
          path: path ?? request.path,
          query: request.query,
        },
        response: { ...toMessage(answer), status: response.status },
      },
    ],
  };
}

/** HEAD is compared as GET. For a method that the path does not offer, uses the refusals of the path's first method. */
export function toComparedMethod(
  { request: { method }, response }: Interaction,
  route: Route | undefined,
): string {
  if (!route || route.methods.includes(method)) return method;
  if (isOffered(route, method)) return 'GET';
  return turnsAway(response) ? route.operation.method : method;
}

/** True for a redirect, a refusal or a crash: the vendor does not carry out the request, so it may be invalid. */
export function turnsAway({ status }: Interaction['response']): boolean {
  return status >= 300;
}

function toMessage({ headers, body }: Message): object {
  return { headers, ...(body && { body: toValue(body) }) };
}

function toValue({ mediaType, text }: Content): unknown {
  if (!isJsonType(mediaType)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
