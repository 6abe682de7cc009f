/** Django REST framework on Django. */
import { generateReply } from '../../openapi/generate-response.ts';
import type { HttpRequest, Query, Reply } from '../../messages/message.ts';
import {
  isProblem,
  type Context,
  type Framework,
  type Identity,
  type ReadResult,
} from '../framework.ts';
import { authenticate } from './authenticate.ts';
import { coerce } from './coerce.ts';
import { charsetOf, type Charset } from './decode-text.ts';
import { badRequestPage, lacksSlash, redirectToSlash } from './django-answers.ts';
import { encode } from './encode.ts';
import { djangoRows, type DjangoFacts, type DjangoReading } from './facts.ts';
import { negotiate, parseMediaType } from './negotiate.ts';
import { lastValue, parseQueryDict } from './query-dict.ts';
import { readBody } from './read-body.ts';
import { render } from './render.ts';
import { describeView } from './view.ts';

/** The name of the only renderer. */
const JSON_FORMAT = 'json';
const ANONYMOUS: Identity = { name: 'anonymous', role: 'anonymous', scope: undefined };
const XML = /[/+]xml$/;

export function djangoRestFramework<Config>(
  facts: DjangoFacts<Config>,
): Framework<Config, DjangoReading> {
  return {
    judgesItself: false,
    generate: generateReply,
    rows: djangoRows,
    open: (http, route) => ({
      http,
      route,
      identity: undefined,
      sent: undefined,
      content: undefined,
      accepted: negotiate(http.headers['accept']),
    }),
    read: (opened, context) => read(opened, facts, context),
    coerce: (sent, reading, context) => coerce(sent, reading, facts, context),
    render: (problem, reading, context) => render(problem, reading, facts, context),
    encode,
    // The value of an HTML page is its text. The framework never answers in XML here.
    readReply: (mediaType, text) => (XML.test(mediaType) ? undefined : text),
  };
}

/** Reads in the framework's order: path, query, Accept, credentials, permission, method, media type, body. */
function read<Config>(
  opened: DjangoReading,
  facts: DjangoFacts<Config>,
  context: Context<Config>,
): ReadResult<DjangoReading> {
  const { http, route, accepted } = opened;
  if (!route) return { reading: opened, problem: { problem: 'unknown-path' } };
  const { operation, methods } = route;
  if (lacksSlash(http, operation)) {
    context.note('TRAILING-SLASH');
    return { reading: opened, reply: redirectToSlash(http) };
  }

  // Negotiation reads the query first, and Django counts the fields when it parses the query.
  const all = parseQueryDict(http.query, charsetOfRequest(http));
  if (!all) return { reading: opened, reply: tooManyFields(context) };
  const query = readFormat(all, context);
  if (!query) {
    // Negotiation was not finished, so that the answer is not indented either.
    const reading = { ...opened, accepted: { ...accepted, indent: undefined } };
    return { reading, problem: { problem: 'not-found' } };
  }
  if (!accepted.isAcceptable) return { reading: opened, problem: { problem: 'not-acceptable' } };
  if (accepted.indent !== undefined) context.note('INDENT');

  const isOpen = facts.isOpen(operation);
  const identity = isOpen ? ANONYMOUS : authenticate(http, facts.tokens, context);
  if (isProblem(identity)) return { reading: opened, problem: identity };
  const reading = { ...opened, identity };
  if (!isOpen && !facts.isPermitted(identity, http.method, operation)) {
    return { reading, problem: { problem: 'forbidden' } };
  }
  if (http.method === 'OPTIONS') {
    context.note('OPTIONS');
    return { reading, reply: describeView(operation, facts.viewClasses) };
  }
  const asked = http.method === 'HEAD' ? 'GET' : http.method;
  if (!methods.includes(asked)) return { reading, problem: { problem: 'wrong-method', methods } };
  if (!operation.body) return { reading: { ...reading, sent: { query, body: undefined } } };

  const body = readBody(http, operation.body);
  if (body === 'too-many-fields') return { reading, reply: tooManyFields(context) };
  for (const { row, warning } of body.findings) {
    context.note(row);
    if (warning) context.warn(warning);
  }
  if ('problem' in body) return { reading, problem: body.problem };
  const { value, written, unwritable } = body;
  const sent = { query, body: value };
  return {
    reading: {
      ...reading,
      sent,
      ...(written && { written }),
      ...(unwritable !== undefined && { unwritable }),
    },
  };
}

/** Django reads the query, too, in the charset of the body. */
function charsetOfRequest({ headers }: HttpRequest): Charset {
  const type = headers['content-type'];
  if (type === undefined || !type.includes('=')) return 'utf8';
  return charsetOf(parseMediaType(type).parameters.get('charset'));
}

/** Ledger row FORMAT-PARAM: returns the query without `format`, or undefined if no view renders that format. */
function readFormat(query: Query, context: Context<unknown>): Query | undefined {
  const { format, ...rest } = query;
  if (format === undefined || context.choose('FORMAT-PARAM') === 'filter') return query;
  const wanted = lastValue(format);
  return wanted === '' || wanted === JSON_FORMAT ? rest : undefined;
}

function tooManyFields(context: Context<unknown>): Reply {
  context.note('TOO-MANY-FIELDS');
  return badRequestPage(context);
}
