/** An interaction as the comparator reads it: in one form, whatever version of Pact's format its file has. */
import type { Content, Interaction, Message } from './contract.ts';
import { isOffered } from './judge.ts';
import { isJsonType } from '../messages/media-type.ts';
import type { Route } from '../openapi/operation.ts';

/** With the path as the spec has it: without a gateway's prefix, in the spec's case. */
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

/** HEAD is compared as GET. A method that the path does not offer is turned away as the path's first one is. */
export function toComparedMethod(
  { request: { method }, response }: Interaction,
  route: Route | undefined,
): string {
  if (!route || route.methods.includes(method)) return method;
  if (isOffered(route, method)) return 'GET';
  return turnsAway(response) ? route.operation.method : method;
}

/** A redirect, a refusal or a crash: none says that the request is one which the vendor carries out. */
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
