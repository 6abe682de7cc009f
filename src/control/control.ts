/** The control API as a router. Its routes come from the operations in specs/control.yaml. */
import type { ServerResponse } from 'node:http';
import {
  Router,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { MockError } from '../errors.ts';
import { findNearest } from '../matching/nearest.ts';
import { isPreflight, type Cors } from '../messages/cors.ts';
import type { Spec, SpecOperation } from '../openapi/spec.ts';
import { responseHeadersOf } from '../openapi/response-headers.ts';
import type { Reply } from '../messages/message.ts';
import { createAccess } from './access.ts';
import { answerCall, renderFault } from './answer-call.ts';
import type { ControlParts, Handler, Stream } from './call.ts';
import { serveFile, servePage } from './console.ts';
import { CONTROL_PATH } from './control-path.ts';
import { findHandlers } from './find-handlers.ts';
import { openStream, STREAM_HEADERS } from './open-stream.ts';

type Answer = (request: Request) => Promise<Reply | Stream>;

type Called = {
  /** The operation's id; undefined if no operation matches. */
  readonly operation?: string;
  /** The operation that documents its answers; undefined if the path is unknown. */
  readonly spec?: SpecOperation | undefined;
  /** Headers of its refusal. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Throws `MockError` `broken-spec` if spec and handlers do not match. */
export function createControl(parts: ControlParts): Router {
  const checkAccess = createAccess(parts);
  const handlers = findHandlers(parts.spec);
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/', servePage);
  router.get('/console/:file', serveFile);
  // Without a token, pages of other origins have no access, and learn nothing.
  if (parts.cors && parts.controlToken !== undefined)
    router.use(allowPages(parts.cors, parts.spec));

  /** Sends the result of `answer`, or a problem document if it throws. */
  const respond =
    (answer: Answer, { operation, spec, headers }: Called = {}) =>
    async (request: Request, response: Response): Promise<void> => {
      parts.log.follow(request, response, operation);
      try {
        if (!spec || !isOpen(spec)) checkAccess(request);
        send(response, await answer(request), parts);
      } catch (thrown) {
        const reply = await renderFault(thrown, spec, headersFor(thrown, headers));
        if (reply.status === 500 && !isKnown(thrown, request)) parts.log.failed(thrown);
        send(response, reply, parts);
      }
    };

  const calls = parts.spec.operations.map(({ operation: { method, path } }) => `${method} ${path}`);
  for (const [path, operations] of Map.groupBy(parts.spec.operations, toRoute)) {
    const route = router.route(path);
    for (const spec of operations) {
      const { id } = spec.operation;
      const handler = handlers.get(id);
      const called = { operation: id, spec };
      if (handler) route[methodOf(spec)](respond(call(spec, handler, parts), called));
    }
    const methods = methodsOf(operations);
    const headers = { allow: methods.join(', ') };
    route.all(respond(refuseMethod(methods, calls), { spec: operations[0], headers }));
  }
  // The banner prints this address. `GET /` says what is below it; a relative link is right behind a proxy too.
  router.get('/', ({ originalUrl }, response) => {
    response.redirect(pathOf(originalUrl).endsWith('/') ? '../' : './');
  });
  router.use(respond(refusePath(calls)));
  // Four parameters make it the handler of Express' own errors: of a path that cannot be decoded.
  router.use((thrown: unknown, request: Request, response: Response, _next: NextFunction) => {
    const detail = `The path cannot be read: ${request.originalUrl.slice(0, 200)}`;
    const refuse = () => Promise.reject(new MockError('bad-request', detail, { cause: thrown }));
    return respond(refuse)(request, response);
  });
  return router;
}

/** The token is still needed: a preflight cannot send it. */
function allowPages(cors: Cors, spec: Spec): RequestHandler {
  const exposed = [...responseHeadersOf(spec), 'Date'].join(', ');
  return ({ method, headers }, response, next) => {
    const asked = headers as Readonly<Record<string, string | undefined>>;
    const granted = Object.entries(cors.headersFor(asked, exposed));
    response.setHeaders(new Map([...granted, ['vary', 'Origin']]));
    if (isPreflight(method, asked)) response.writeHead(204, cors.preflightHeadersFor(asked)).end();
    else next();
  };
}

function call(spec: SpecOperation, handler: Handler, parts: ControlParts): Answer {
  return (request) => {
    const parameters = request.params as Record<string, string>;
    return answerCall(request, { spec, handler, url: request.originalUrl, parameters }, parts);
  };
}

/** A wrong method is often a path that is one segment short: `POST /_mock/sandboxes`. */
function refuseMethod(methods: readonly string[], calls: readonly string[]): Answer {
  return async ({ method, originalUrl }) => {
    const path = pathOf(originalUrl);
    const below = calls.filter((each) => each.split(' ')[1]?.replace(/\/[^/]+$/, '') === path);
    const hint = below.length > 0 ? ` Below it there are ${below.join(', ')}.` : '';
    throw new MockError(
      'wrong-method',
      `${path} allows ${methods.join(', ')}, not ${method}.${hint}`,
    );
  };
}

function refusePath(calls: readonly string[]): Answer {
  return async ({ method, originalUrl }) => {
    const path = pathOf(originalUrl);
    const nearest = findNearest(`${method} ${path}`, calls).join(', ');
    throw new MockError(
      'unknown-call',
      `Nothing is at ${path}. The nearest calls: ${nearest}. ${CONTROL_PATH}/specs/control.json describes every call.`,
    );
  };
}

function pathOf(url: string): string {
  return url.split('?', 1)[0]?.slice(0, 200) ?? '';
}

/** Converts `/_mock/sandboxes/{sandbox}` to Express' form, relative to the mount path. */
function toRoute({ operation }: SpecOperation): string {
  return operation.path.slice(CONTROL_PATH.length).replaceAll(/\{([^}]+)\}/g, ':$1');
}

function methodOf({ operation }: SpecOperation): 'get' | 'put' | 'post' | 'patch' | 'delete' {
  return operation.method.toLowerCase() as 'get' | 'put' | 'post' | 'patch' | 'delete';
}

/** The allowed methods. Express answers HEAD wherever there is GET. */
function methodsOf(operations: readonly SpecOperation[]): readonly string[] {
  return operations.flatMap(({ operation: { method } }) =>
    method === 'GET' ? ['GET', 'HEAD'] : [method],
  );
}

/** True if the operation says `security: []`, which means that it needs no token. */
function isOpen({ documented }: SpecOperation): boolean {
  return documented.security?.length === 0;
}

/** True for errors that need no log line: the store has logged its own, and a client's disconnect is not our error. */
function isKnown(thrown: unknown, { errored }: Request): boolean {
  const isLogged =
    thrown instanceof MockError &&
    (thrown.code === 'not-stored' || thrown.code === 'database-unavailable');
  return thrown === errored || isLogged;
}

function headersFor(thrown: unknown, headers: Called['headers'] = {}): Record<string, string> {
  const code = thrown instanceof MockError ? thrown.code : undefined;
  if (code === 'unauthenticated') return { 'www-authenticate': 'Bearer realm="license-mock"' };
  return code === 'wrong-method' ? headers : {};
}

function send(response: ServerResponse, answer: Reply | Stream, { stopping }: ControlParts): void {
  if (response.headersSent || response.destroyed) return;
  if ('open' in answer) {
    if (response.req.method === 'HEAD') response.writeHead(200, STREAM_HEADERS).end();
    else openStream(response, answer, stopping);
    return;
  }
  const { status, headers, body } = answer;
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...(text !== undefined && {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    }),
    ...headers,
  });
  response.end(text);
}
