import type { Json } from '../messages/json.ts';
import type { Encoded, HttpRequest, Reply, RequestContent } from '../messages/message.ts';
import type { Route } from '../openapi/operation.ts';
import {
  isProblem,
  type Context,
  type Framework,
  type Identity,
  type Problem,
  type Reading,
} from './framework.ts';

export type Received = RequestContent & { readonly identity: Identity };
type Old<C> = {
  receive(
    http: HttpRequest,
    route: Route | undefined,
    context: Context<C>,
  ): Received | Problem | Reply;
  coerce(received: Received, route: Route, context: Context<C>): Received;
  render(problem: Problem, http: HttpRequest, route: Route | undefined, context: Context<C>): Reply;
  encode(reply: Reply, http: HttpRequest): Encoded;
  readReply?(text: string): Json | undefined;
};
export function legacy<C>(old: Old<C>): Framework<C> {
  return {
    open: (http, route) => ({
      http,
      route,
      identity: undefined,
      sent: undefined,
      content: undefined,
    }),
    read(reading, context) {
      const r = old.receive(reading.http, reading.route, context);
      if (isProblem(r)) return { reading, problem: r };
      if ('status' in r) return { reading, reply: r };
      return { reading: { ...reading, identity: r.identity, sent: r } };
    },
    coerce: (sent, reading, context) =>
      old.coerce(sent as Received, reading.route as Route, context),
    render: (problem, reading, context) =>
      old.render(problem, reading.http, reading.route, context),
    encode: (reply, reading) => old.encode(reply, reading.http),
    readReply: (_m, text) => old.readReply?.(text),
  };
}
