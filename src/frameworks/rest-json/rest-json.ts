/**
 * Emulates a plain REST API that speaks JSON, as a small service on Node does. A request is read in this order:
 * credentials, rate limit, path, method, media type, body. A vendor's facts describe what differs.
 */
import { writeJson } from '../../messages/lasting-part.ts';
import type { Context, Framework, Identity, Problem, ReadResult, Reading } from '../framework.ts';
import { generateReply } from '../../openapi/generate-response.ts';
import type { Query, Reply } from '../../messages/message.ts';
import { BEARER, findToken, type TokenPlace } from './find-token.ts';
import { coerceContent, type CoerceValue } from './coerce.ts';
import { countUse, limitHeaders, type Limit, type Standing } from './rate-limit.ts';
import { readBody } from './read-body.ts';
import {
  describeRefusal,
  standardRefusals,
  toBody,
  type Refusal,
  type Refusals,
} from './refusals.ts';
import { restRows, type RestRow } from './rows.ts';

export type RestReading = Reading & {
  /** The caller's use of the first rate limit; undefined if there is no limit or the caller is not identified. */
  readonly standing: Standing | undefined;
};

export type RestFacts<Config> = {
  /** Where requests carry their token. Default: `Authorization: Bearer <token>`. */
  readonly token?: TokenPlace;
  /** Returns the owner of the token; undefined if the token is unknown. */
  identify(token: string, config: Config): Identity | undefined;
  /** The owner of a token that is accepted although nobody has it. Default: a caller without a role. */
  adopt?(token: string): Identity;
  /** If false, HEAD is refused unless the path documents it. By default, HEAD is answered wherever GET is. */
  readonly answersHead?: boolean;
  /**
   * Counted for each caller. Answers show the first limit. Limits need the ledger rows RATE-LIMIT, RATE-RESET and
   * RATE-WINDOW.
   */
  readonly limits?: readonly Limit[];
  /** Paths that the vendor has and the mock does not serve: unknown, also where the parameter of another path fits. */
  readonly unserved?: RegExp;
  /** Converts a value of the body to one that the schema allows, or returns it unchanged. Default: unchanged. */
  readonly coerceValue?: CoerceValue<Config>;
  /** Status and words for individual problems; they replace the framework's. */
  readonly refusals?: Partial<Refusals>;
  /** Builds the answer to every refusal. Default: the refusal's status, and a body with `error` and `message`. */
  refuse?(refusal: Refusal, problem: Problem, context: Context<Config>): Partial<Reply>;
  /** True if the ledger has each of `restRows` for this vendor; answers then name them. Default: false. */
  readonly hasLedgerRows?: boolean;
};

export function restJson<Config>(facts: RestFacts<Config>): Framework<Config, RestReading> {
  const { token = BEARER, limits = [], answersHead = true } = facts;
  const refusals = { ...standardRefusals(token.scheme), ...facts.refusals };

  const noteIn = (context: Context<Config>) => (row: RestRow) => {
    if (facts.hasLedgerRows) context.note(row);
  };

  const identify = (found: string, context: Context<Config>): Identity | undefined => {
    const known = facts.identify(found, context.config);
    if (known || !context.acceptsAnyToken) return known;
    return facts.adopt?.(found) ?? { name: found, role: 'any', scope: undefined };
  };

  /** Reads the rest of the request, after credentials and rate limit. */
  function readRequest(reading: RestReading, context: Context<Config>): ReadResult<RestReading> {
    const { http, route } = reading;
    const note = noteIn(context);
    if (!route || facts.unserved?.test(http.path)) {
      return { reading, problem: { problem: 'unknown-path' } };
    }
    const { operation, methods } = route;
    if (!isAsDocumented(http.path, operation.path)) note('PATHS');
    const isHead = answersHead && http.method === 'HEAD' && methods.includes('GET');
    if (!isHead && !methods.includes(http.method)) {
      const isUnknown = facts.hasLedgerRows === true && context.choose('METHODS') === '404';
      const problem: Problem = isUnknown
        ? { problem: 'unknown-path' }
        : { problem: 'wrong-method', methods };
      return { reading, problem };
    }
    const isTypeChecked = () =>
      facts.hasLedgerRows !== true || context.choose('MEDIA-TYPE') === 'checked';
    // A body is ignored if the operation documents none.
    const read = operation.body
      ? readBody(http, context, note, isTypeChecked)
      : { body: undefined };
    if ('problem' in read) return { reading, problem: read };
    return { reading: { ...reading, sent: { query: decodeQuery(http.query), body: read.body } } };
  }

  return {
    judgesItself: false,
    generate: generateReply,
    rows: facts.hasLedgerRows ? restRows : [],

    open: (http, route) => ({
      http,
      route,
      identity: undefined,
      sent: undefined,
      content: undefined,
      standing: undefined,
    }),

    read(opened, context) {
      const found = findToken(opened.http.headers, token);
      const identity = found === undefined ? undefined : identify(found, context);
      if (!identity) {
        const why =
          found === undefined
            ? `There is no token in the header "${token.header}"${token.scheme === undefined ? '' : `, with the scheme ${token.scheme}`}.`
            : 'The token is not one of the scenario.';
        return { reading: opened, problem: { problem: 'unauthenticated', why } };
      }
      const { id = '' } = opened.route?.operation ?? {};
      const counting = limits.filter(({ operations }) => operations?.includes(id) ?? true);
      return countUse(identity.name, counting, context, ({ standing, problem }) => {
        const reading = { ...opened, identity, standing };
        return problem ? { reading, problem } : readRequest(reading, context);
      });
    },

    coerce: (sent, { route }, context) =>
      route
        ? coerceContent(sent, route.operation, context, noteIn(context), facts.coerceValue)
        : sent,

    render(problem, reading, context) {
      if (problem.problem === 'unauthenticated') noteIn(context)('CREDENTIALS');
      if (problem.problem === 'too-large') noteIn(context)('TOO-LARGE');
      const refusal = describeRefusal(problem, reading, refusals);
      return {
        status: refusal.status,
        ...(refusal.headers && { headers: refusal.headers }),
        ...(facts.refuse?.(refusal, problem, context) ?? { body: toBody(refusal) }),
      };
    },

    encode({ status, headers = {}, body }, { standing }) {
      return {
        headers: {
          ...(body !== undefined && { 'Content-Type': 'application/json; charset=utf-8' }),
          ...limitHeaders(standing, status, headers),
          ...headers,
        },
        body: body === undefined ? '' : writeJson(body),
      };
    },

    // Answers are JSON, which the pipeline parses itself.
    readReply: () => undefined,
  };
}

/** True if the path has the spelling of its template (letter case, slashes, escapes), parameters aside. */
function isAsDocumented(path: string, template: string): boolean {
  const sent = path.split('/');
  const documented = template.split('/');
  return (
    sent.length === documented.length &&
    documented.every((segment, index) => segment.includes('{') || segment === sent[index])
  );
}

function decodeQuery(query: string): Query {
  if (query === '') return {};
  const values = Map.groupBy(new URLSearchParams(query), ([name]) => name);
  return Object.fromEntries(
    [...values].map(([name, found]) => {
      const texts = found.map(([, text]) => text);
      return [name, texts.length === 1 ? (texts[0] ?? '') : texts];
    }),
  );
}
