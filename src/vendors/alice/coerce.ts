/** Turns what the vendor's readers accept into the documented types, and leaves what they do not for Prism to find. */
import type { Context, Received } from '../../frameworks/framework.ts';
import type { Route } from '../../openapi/operation.ts';
import { bindLicense } from '../../frameworks/aspnet-web-api/bind-model.ts';
import type { AliceConfig } from './credentials.ts';
import type { AliceReceived } from '../../frameworks/aspnet-web-api/read.ts';

export function coerce(received: Received, _route: Route, context: Context<AliceConfig>): Received {
  if (!isAlices(received) || received.body === undefined) return received;
  const { body, tolerated, rows } = bindLicense(received.body, received.source);
  for (const warning of tolerated) context.warn(warning);
  for (const row of rows) context.note(row);
  return { identity: received.identity, query: received.query, body };
}

function isAlices(received: Received): received is AliceReceived {
  return 'source' in received;
}
