/** Prism's mocker: answers for operations without a handler, and for `Prefer`. */
import { MockError, messageOf } from '../errors.ts';
import type { Json } from '../messages/json.ts';
import type { Reply } from '../messages/message.ts';
import type { SpecOperation } from './load-spec.ts';
import { components, config } from './prism.ts';

/** Loaded when it is first needed: the package with its generators takes 50 MB and a quarter of a second. */
async function loadPrism() {
  const { createInstance } = await import('@stoplight/prism-http');
  return createInstance({ ...config, validateRequest: false, validateResponse: false }, components);
}

let prism: ReturnType<typeof loadPrism> | undefined;

const MAX_RETRIES = 20;

export type Preference = {
  /** The documented status to answer with; undefined: the operation's success. */
  readonly code?: number;
  /** The name of a documented example. */
  readonly example?: string;
  /** True: values made up from the schema; false: examples and defaults. */
  readonly dynamic?: boolean;
};

/** Throws `MockError` `bad-preference` where the code or example is not documented. */
export async function generateResponse(
  { prism: operation }: SpecOperation,
  preference: Preference,
  seed: string,
): Promise<Reply> {
  const code = documentedCode(operation, preference);
  const mock = {
    dynamic: preference.dynamic ?? false,
    ignoreExamples: preference.dynamic ?? false,
    ...(code !== undefined && { code }),
    ...(preference.example !== undefined && { exampleKey: preference.example }),
  };
  let outcome = await askPrism(operation, { ...mock, seed });
  // Its generator trips over some of the values that it makes up (an empty object in a list of alternatives).
  for (let retry = 1; outcome._tag === 'Left' && mock.dynamic && retry <= MAX_RETRIES; retry += 1) {
    outcome = await askPrism(operation, { ...mock, seed: `${seed}:${retry}` });
  }
  if (outcome._tag === 'Left') {
    throw new MockError(
      'bad-preference',
      `Prism cannot answer ${operation.iid}: ${Reflect.get(outcome.left, 'detail') ?? messageOf(outcome.left)}`,
      { cause: outcome.left },
    );
  }
  const { statusCode, headers = {}, body } = outcome.right.output;
  const kept = Object.entries(headers).filter(
    ([name, value]) => value !== null && name.toLowerCase() !== 'content-type',
  );
  return {
    status: statusCode,
    headers: Object.fromEntries(kept.map(([name, value]) => [name.toLowerCase(), String(value)])),
    ...(body !== undefined && { body: body as Json }),
  };
}

/** What Prism's mocker is told. */
type MockConfig = {
  readonly dynamic: boolean;
  readonly ignoreExamples: boolean;
  readonly seed: string;
  readonly code?: number;
  readonly exampleKey?: string;
};

async function askPrism(operation: SpecOperation['prism'], mock: MockConfig) {
  prism ??= loadPrism();
  return (await prism).request(
    { method: operation.method as 'get', url: { path: operation.path } },
    [operation],
    { ...config, validateRequest: false, validateResponse: false, mock },
  )();
}

/**
 * The status to ask Prism for. Prism answers an unknown code with another one, and looks for an example
 * only where the code is known: both are settled by the spec first.
 */
function documentedCode(
  operation: SpecOperation['prism'],
  { code, example }: Preference,
): number | undefined {
  const codes = operation.responses.map((response) => response.code);
  if (code !== undefined && !codes.includes(String(code))) {
    throw new MockError(
      'bad-preference',
      `${operation.iid} documents no status ${code}. Documented: ${codes.join(', ')}.`,
    );
  }
  if (example === undefined) return code;
  const known = operation.responses
    .filter((response) => code === undefined || response.code === String(code))
    .flatMap((response) =>
      (response.contents ?? []).flatMap((content) =>
        (content.examples ?? []).map(({ key }) => ({ key, status: response.code })),
      ),
    );
  const found = known.find(({ key }) => key === example);
  if (found) return Number(found.status);
  const names = [...new Set(known.map(({ key, status }) => `${key} (${status})`))].join(', ');
  throw new MockError(
    'bad-preference',
    `${operation.iid} has no example "${example}"${code === undefined ? '' : ` for status ${code}`}. Known: ${names || 'none'}.`,
  );
}
