/** ASP.NET Web API 2 with Json.NET 6 and the DataContractSerializer. */
import { generateReply } from '../../openapi/generate-response.ts';
import type { RequestContent } from '../../messages/message.ts';
import type { Route } from '../../openapi/operation.ts';
import type { Context, Framework } from '../framework.ts';
import { bindModel } from './bind-model.ts';
import { sourceOf } from './decode-body.ts';
import { encode } from './encode.ts';
import type { WebApiFacts, WebApiReading } from './facts.ts';
import { fluentValidationRows } from './fluent-validation/validate.ts';
import { isXml, parseMediaType } from './media-type.ts';
import { negotiate } from './negotiate.ts';
import { read } from './read.ts';
import { render } from './render.ts';
import { webApiRows } from './rows.ts';
import { bindUri, type BoundUri } from './uri.ts';
import { readXmlReply } from './xml/read-reply.ts';

export function aspNetWebApi<Config>(facts: WebApiFacts<Config>): Framework<Config, WebApiReading> {
  const { actions, identify } = facts;
  const answers = Object.values(actions).flatMap((action) => action.answers);
  return {
    judgesItself: false,
    generate: generateReply,
    rows: [...webApiRows, ...fluentValidationRows],
    open(http, route) {
      const { query } = http;
      const mediaType = parseMediaType(http.headers['content-type'] ?? '');
      return {
        http,
        route,
        identity: undefined,
        sent: undefined,
        content: undefined,
        action: route && actions[route.operation.id],
        query,
        mediaType,
        source: sourceOf(mediaType),
        answer: negotiate(http.headers, mediaType),
        decoded: undefined,
        uri: bindOwnUri(query, route, actions),
      };
    },
    read: (opened, context) => read(opened, identify, context),
    coerce,
    render: (problem, reading, context) => render(problem, reading, facts, context),
    encode,
    readReply: (mediaType, text) => (isXml(mediaType) ? readXmlReply(text, answers) : text),
  };
}

function bindOwnUri(
  query: string,
  route: Route | undefined,
  actions: WebApiFacts<never>['actions'],
): BoundUri | undefined {
  const parameters = route && actions[route.operation.id]?.uri;
  return parameters && bindUri(query, route.parameters, parameters);
}

/** Converts values that the vendor's readers accept to the documented types; Prism finds the others. */
function coerce(
  sent: RequestContent,
  { action, source, uri }: WebApiReading,
  context: Context<unknown>,
): RequestContent {
  const query = uri?.query ?? sent.query;
  for (const warning of uri?.tolerated ?? []) context.warn(warning);
  if (uri && uri.tolerated.length > 0) context.note('URI-BINDING');
  if (sent.body === undefined || !action?.argument || !source) return { ...sent, query };
  const { body, tolerated, rows } = bindModel(sent.body, source, action.argument.model);
  for (const warning of tolerated) context.warn(warning);
  for (const row of rows) context.note(row);
  return { query, body };
}
