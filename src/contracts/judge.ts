/** Checks single requests and answers against a vendor's spec, with the vendor's codec and Prism. */
import { checkRequest } from '../openapi/check-request.ts';
import { checkResponse } from '../openapi/check-response.ts';
import type { Spec, SpecOperation } from '../openapi/spec.ts';
import type { Context } from '../frameworks/framework.ts';
import type { Json } from '../messages/json.ts';
import type { HttpRequest, Violation } from '../messages/message.ts';
import type { Route } from '../openapi/operation.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { Interaction } from './contract.ts';
import type { Exchange } from './relay.ts';
import { isJsonType, isXmlType, parseMediaType } from '../messages/media-type.ts';

export type Located = {
  readonly http: HttpRequest;
  readonly route: Route;
  readonly spec: SpecOperation;
};

/** A vendor as the verification uses it. */
export type ServedVendor = {
  readonly vendor: Vendor;
  readonly spec: Spec;
  /** Finds the operation of a request; undefined if no path of the spec matches. */
  locate(http: HttpRequest): Located | undefined;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type CheckedByCodec = {
  readonly violations: readonly string[];
  /** Deviations that the vendor tolerates. */
  readonly warnings: readonly string[];
};

export type Judge = ReturnType<typeof createJudge>;

/** `defaults` are the ledger's default choices. */
export function createJudge(
  served: readonly ServedVendor[],
  defaults: Readonly<Record<string, string>>,
) {
  const locate = (interaction: Interaction): Located | undefined =>
    served
      .find(({ vendor }) => vendor.name === interaction.vendor)
      ?.locate(toHttpRequest(interaction));

  /**
   * Returns the violations in an answer to the interaction. Empty if there are none, or if the spec does not define the
   * answer: to an unknown path or method, and to OPTIONS.
   */
  const findBreaks = async (
    interaction: Interaction,
    answer: Answer,
  ): Promise<readonly string[]> => {
    const { path, method } = interaction.request;
    const { status, headers } = answer;
    const isSuccess = status < 300 || status >= 500;
    const found = locate(interaction);
    if (!found) return isSuccess ? [`No operation of the spec has ${path}.`] : [];
    const isJudged =
      isOffered(found.route, method) || (status >= 400 && hasStatus(found.spec, status));
    if (!isJudged) return [];
    if (method === 'HEAD') {
      return checkResponse(withoutBodies(found.spec), { status, headers, body: undefined });
    }
    const vendor = served.find((each) => each.vendor.name === interaction.vendor)?.vendor;
    const decoded = vendor && decode(vendor, answer);
    if (!decoded) return [`Its body cannot be read as ${headers['content-type'] ?? 'nothing'}.`];
    return checkResponse(found.spec, { status, headers, body: decoded.body });
  };

  return {
    locate,
    /** Returns undefined if no codec can read the request. */
    async checkRequest(interaction: Interaction): Promise<CheckedByCodec | undefined> {
      const found = locate(interaction);
      const vendor = served.find((each) => each.vendor.name === interaction.vendor)?.vendor;
      if (!found || !vendor) return undefined;
      const warnings: string[] = [];
      const context = strangerContext(vendor, defaults, (message) => void warnings.push(message));
      const { framework } = vendor;
      const opened = framework.open(found.http, found.route);
      const { reading, problem, reply } = await framework.read(opened, context);
      // Credentials depend on the scenario, so the contract's credentials are not checked here.
      if (problem?.problem === 'unauthenticated') return undefined;
      if (problem) {
        return { violations: [`The vendor would not read it: ${problem.problem}.`], warnings };
      }
      if (reply || !reading.sent) return undefined;
      const content = framework.coerce(reading.sent, reading, context);
      const { headers } = found.http;
      const violations = checkRequest(found.spec, found.route, content, headers);
      return { violations: violations.map(describeViolation), warnings };
    },
    findBreaks,
    /** Like `findBreaks`, for a received answer and its request, which may be the result of a redirect. */
    async findBreaksOf(
      interaction: Interaction,
      { method, url, status, headers, body }: Exchange,
    ): Promise<readonly string[]> {
      const [path = '/', query = ''] = url.split(/\?(.*)/s);
      const request = { ...interaction.request, method, path, query };
      return findBreaks(
        { ...interaction, request },
        { status, headers, body: body.toString('utf8') },
      );
    },
  };
}

/** True if the spec documents the path's answer to the method. HEAD is GET without a body (RFC 9110, 9.3.2). */
export function isOffered({ methods }: Route, method: string): boolean {
  return methods.includes(method) || (method === 'HEAD' && methods.includes('GET'));
}

function hasStatus({ prism }: SpecOperation, status: number): boolean {
  const codes = new Set([String(status), `${Math.floor(status / 100)}XX`, 'default']);
  return prism.responses.some(({ code }) => codes.has(code));
}

/** For an answer to HEAD, only status and headers are checked. */
function withoutBodies({ prism, ...spec }: SpecOperation): SpecOperation {
  const responses = prism.responses.map((response) => ({ ...response, contents: [] }));
  return { ...spec, prism: { ...prism, responses } };
}

function describeViolation({ in: place, path, message }: Violation): string {
  return `${[place, ...path].join('.')} ${message}`;
}

/** Returns undefined if the text does not match its media type. */
function decode(
  { framework }: Vendor,
  { headers, body }: Answer,
): { readonly body: Json | undefined } | undefined {
  const mediaType = parseMediaType(headers['content-type']).name;
  const isText = mediaType !== '' && !isXmlType(mediaType) && !isJsonType(mediaType);
  if (body === '' && !isText) return { body: undefined };
  if (isXmlType(mediaType)) {
    const value = framework.readReply(mediaType, body);
    return value === undefined ? undefined : { body: value };
  }
  if (!isJsonType(mediaType)) return { body };
  try {
    return { body: JSON.parse(body) as Json };
  } catch {
    return undefined;
  }
}

function toHttpRequest({ request }: Interaction): HttpRequest {
  const { method, path, query, headers, body } = request;
  return {
    method,
    path,
    query,
    headers: {
      ...(body && body.mediaType !== '' && { 'content-type': body.mediaType }),
      ...headers,
    },
    body: Buffer.from(body?.text ?? ''),
    baseUrl: 'http://127.0.0.1',
  };
}

/** The context of a request that reaches no sandbox. */
function strangerContext(
  vendor: Vendor,
  defaults: Readonly<Record<string, string>>,
  warn: (message: string) => void,
): Context<unknown> {
  return {
    now: 0,
    profile: 'wire',
    config: vendor.scenario.configure({}),
    choose: (row) => defaults[row] ?? '',
    note: () => {},
    warn: ({ message }) => warn(message),
    meter: () => ({ used: 0, resetsAt: 0 }),
  };
}
