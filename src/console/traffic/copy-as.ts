/** A request in the forms that people paste elsewhere. */
import type { JournalEntry, ShownBody, VendorExample } from '../../control-api/control-api.ts';

export type Request = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

/** Headers that a client adds by itself. */
const OWN = new Set([
  'host',
  'connection',
  'content-length',
  'accept-encoding',
  'accept-language',
  'user-agent',
  'origin',
  'referer',
  'transfer-encoding',
  'keep-alive',
  'dnt',
]);
const SHOWN_IN_PACT = new Set(['authorization', 'content-type', 'accept']);
const REDACTED = '[redacted]';

/** The journal hides credentials. Those that work in the sandbox stand in for them. */
export function toRequest(
  { request, vendor }: JournalEntry,
  base: string,
  examples: readonly VendorExample[],
): Request {
  const credentials = examples.find((each) => each.vendor === vendor)?.headers ?? {};
  const headers = Object.entries(request.headers)
    .filter(([name]) => !OWN.has(name) && !name.startsWith('sec-'))
    .map(([name, value]): [string, string] => [
      name,
      value === REDACTED ? (credentials[name] ?? value) : value,
    ]);
  return {
    method: request.method,
    url: `${base}${request.url.replace(/^\/_sandbox\/[^/]+/, '')}`,
    headers: Object.fromEntries(headers),
    body: textOf(request.body),
  };
}

/** Undefined: there was no body, or the journal does not show it. */
function textOf(body: ShownBody): string | undefined {
  if (body === null) return undefined;
  if ('json' in body) return JSON.stringify(body.json);
  return 'text' in body ? body.text : undefined;
}

/** For a POSIX shell. */
export function renderCurl({ method, url, headers, body }: Request): string {
  return [
    'curl -i',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quote(body)}`]),
    quote(url),
  ].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

export function renderFetch({ method, url, headers, body }: Request): string {
  const options = {
    method,
    headers,
    ...(body !== undefined && { body }),
  };
  return `const answer = await fetch(${JSON.stringify(url)}, ${JSON.stringify(options, undefined, 2)});\n`;
}

/** For `@pact-foundation/pact`, version 4 of the specification. */
export function renderPact(entry: JournalEntry): string {
  const { request, response, operation } = entry;
  const [path = '', query = ''] = request.url.replace(/^\/_sandbox\/[^/]+/, '').split('?');
  const sent = headersForPact(request.headers);
  const got = headersForPact(response.headers);
  const lines = [
    'await pact',
    '  .addInteraction()',
    `  .given(${JSON.stringify('the state that this request needs')})`,
    `  .uponReceiving(${JSON.stringify(operation ?? `${request.method} ${path}`)})`,
    `  .withRequest(${JSON.stringify(request.method)}, ${JSON.stringify(path)}, (builder) => {`,
    ...[...new URLSearchParams(query)].map(
      ([name, value]) =>
        `    builder.query({ ${JSON.stringify(name)}: ${JSON.stringify(value)} });`,
    ),
    ...(sent === undefined ? [] : [`    builder.headers(${sent});`]),
    ...bodyForPact(request.body, '    '),
    '  })',
    `  .willRespondWith(${response.status}, (builder) => {`,
    ...(got === undefined ? [] : [`    builder.headers(${got});`]),
    ...bodyForPact(response.body, '    '),
    '  })',
    '  .executeTest(async (server) => {',
    '    // Call your client with server.url as its base URL.',
    '  });',
    '',
  ];
  return lines.join('\n');
}

function headersForPact(headers: Readonly<Record<string, string>>): string | undefined {
  const kept = Object.entries(headers).filter(
    ([name, value]) => SHOWN_IN_PACT.has(name) && value !== '*/*',
  );
  return kept.length === 0 ? undefined : JSON.stringify(Object.fromEntries(kept));
}

function bodyForPact(body: ShownBody, indent: string): readonly string[] {
  if (body === null) return [];
  if ('json' in body) {
    const text = JSON.stringify(body.json, undefined, 2).replaceAll('\n', `\n${indent}`);
    return [`${indent}builder.jsonBody(${text});`];
  }
  return 'text' in body
    ? [`${indent}builder.body('text/plain', Buffer.from(${JSON.stringify(body.text)}));`]
    : [];
}
