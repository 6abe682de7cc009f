/** The steps of one call: access, input, Prism, handler, Prism. */
import type { IncomingMessage } from 'node:http';
import { MockError } from '../errors.ts';
import { checkRequest } from '../openapi/check-request.ts';
import { checkResponse } from '../openapi/check-response.ts';
import type { SpecOperation } from '../openapi/spec.ts';
import { checkSandboxName } from '../sandboxes/current-worlds.ts';
import type { Json } from '../messages/json.ts';
import type { Reply, Violation } from '../messages/message.ts';
import type { Call, ControlParts, Handler, Stream } from './call.ts';
import { InvalidCall, renderProblem, toCallViolation, toMockError } from './problem.ts';
import { nameFields } from './name-fields.ts';
import { readBody } from './read-body.ts';
import { readQuery } from './read-query.ts';

const NO_OBJECT: Violation = {
  in: 'body',
  path: [],
  keyword: 'type',
  message: 'null is not an object',
};

/** The operation with by far the longest bodies. */
const IMPORT = 'importState';

/** Rejects with `MockError` if the call is refused. */
export async function answerCall(
  incoming: IncomingMessage,
  called: {
    readonly spec: SpecOperation;
    readonly handler: Handler;
    /** As sent, including the query. */
    readonly url: string;
    readonly parameters: Readonly<Record<string, string>>;
  },
  parts: ControlParts,
): Promise<Reply | Stream> {
  const { spec, handler, url, parameters } = called;
  const { operation } = spec;
  const call: Call = {
    parameters,
    query: readQuery(url, operation),
    headers: incoming.headers as Record<string, string>,
    body: await readBody(incoming, operation.consumes, limitOf(operation.id, parts)),
    origin: parts.address.of(incoming),
  };
  await checkCall(spec, call);
  const answer = await handler(call, parts);
  if (!('open' in answer)) await checkAnswer(spec, answer);
  return answer;
}

/** Renders a fault as a problem document, which is checked against the spec too. */
export async function renderFault(
  thrown: unknown,
  spec: SpecOperation | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const reply = renderProblem(toMockError(thrown));
  const problem = { ...reply, headers: { ...reply.headers, ...headers } };
  if (!spec) return problem;
  return checkAnswer(spec, problem).then(
    () => problem,
    (broken: unknown) => renderProblem(toMockError(broken)),
  );
}

async function checkCall(spec: SpecOperation, call: Call): Promise<void> {
  const sandbox = call.parameters['sandbox'] ?? call.query['sandbox'];
  if (sandbox !== undefined) checkSandboxName(sandbox);
  const { operation } = spec;
  const route = { operation, methods: [operation.method], parameters: call.parameters };
  const content = { query: call.query, body: call.body as Json | undefined };
  const violations = checkRequest(spec, route, content, call.headers).map((violation) =>
    nameFields(violation, operation.body),
  );
  // To Prism null is no body at all.
  if (call.body === null) violations.push(NO_OBJECT);
  if (violations.length > 0) throw new InvalidCall(violations.map(toCallViolation));
}

/** Throws `MockError` `broken-answer`. */
async function checkAnswer(spec: SpecOperation, { status, headers, body }: Reply): Promise<void> {
  const sent = { 'content-type': 'application/json', ...headers };
  const faults = await checkResponse(spec, { status, headers: sent, body });
  if (faults.length === 0) return;
  throw new MockError(
    'broken-answer',
    `${spec.operation.id} answered ${status}, which the control API's spec does not allow: ${faults.join(' ')}`,
  );
}

function limitOf(operation: string, { bodyLimitBytes, importLimitBytes }: ControlParts) {
  return operation === IMPORT
    ? { bytes: importLimitBytes, option: 'import-limit' }
    : { bytes: bodyLimitBytes, option: 'body-limit' };
}
