/** Prism's mocker: answers for operations without a handler, and for `Prefer`. */
import { MockError, messageOf } from '../errors.ts';
import type { Json } from '../messages/json.ts';
import type { Reply } from '../messages/message.ts';
import type { Preference } from '../messages/prefer.ts';
import type { SpecOperation } from './spec.ts';
import { config, loadPrism } from './prism.ts';

const MAX_RETRIES = 20;

/** Throws `MockError` `bad-preference` if the code or example is not documented. */
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
  // Prism's generator throws at some values that it generates, such as an empty object in a list of alternatives.
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

/** Options for Prism's mocker. */
type MockConfig = {
  readonly dynamic: boolean;
  readonly ignoreExamples: boolean;
  readonly seed: string;
  readonly code?: number;
  readonly exampleKey?: string;
};

async function askPrism(operation: SpecOperation['prism'], mock: MockConfig) {
  return (await loadPrism()).request(
    { method: operation.method as 'get', url: { path: operation.path } },
    [operation],
    { ...config, mock },
  )();
}

/**
 * Returns the status to ask Prism for. Prism replaces an unknown code, and searches an example only if the
 * code is known, so both are looked up in the spec first.
 */
function documentedCode(
  operation: SpecOperation['prism'],
  { code, example }: Preference,
): number | undefined {
  const codes = operation.responses.map((response) => response.code);
  if (code !== undefined && !codes.some((each) => isCovered(code, each))) {
    throw new MockError(
      'bad-preference',
      `${operation.iid} documents no status ${code}. Documented: ${codes.join(', ')}.`,
    );
  }
  if (example === undefined) return code;
  const known = operation.responses
    .filter((response) => code === undefined || isCovered(code, response.code))
    .flatMap((response) =>
      (response.contents ?? []).flatMap((content) =>
        (content.examples ?? []).map(({ key }) => ({ key, status: response.code })),
      ),
    );
  const found = known.find(({ key }) => key === example);
  if (found) return code ?? Number(found.status.replace(/XX$/, '00').replace('default', '200'));
  const names = [...new Set(known.map(({ key, status }) => `${key} (${status})`))].join(', ');
  throw new MockError(
    'bad-preference',
    `${operation.iid} has no example "${example}"${code === undefined ? '' : ` for status ${code}`}. Known: ${names || 'none'}.`,
  );
}

/** True if `documented` is the status, its range (`4XX`) or `default`. */
function isCovered(code: number, documented: string): boolean {
  return [String(code), `${Math.floor(code / 100)}XX`, 'default'].includes(documented);
}

/** For frameworks that encode Prism's values like their own answers. */
export function generateReply(
  spec: SpecOperation,
  _reading: unknown,
  preference: Preference,
  seed: string,
): Promise<Reply> {
  return generateResponse(spec, preference, seed);
}
