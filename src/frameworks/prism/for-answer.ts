/** Replaces media type ranges in documented answers, because Prism would send `*` as the media type. */
import type { HttpRequest } from '../../messages/message.ts';
import type { PrismOperation } from '../../openapi/read-operations.ts';

type Response = PrismOperation['responses'][number];
type Content = NonNullable<Response['contents']>[number];

const USUAL: Readonly<Record<string, string>> = {
  text: 'text/plain',
  image: 'image/png',
  audio: 'audio/mpeg',
  video: 'video/mp4',
};

/** Returns the operation with each range replaced by the requested media type, or by a common one. */
export function forAnswer(operation: PrismOperation, { headers }: HttpRequest): PrismOperation {
  const hasRange = operation.responses.some(({ contents = [] }) => contents.some(isRange));
  if (!hasRange) return operation;
  const accepted = (headers['accept'] ?? '')
    .split(',')
    .map((part) => (part.split(';', 1)[0] ?? '').trim().toLowerCase())
    .filter((name) => /^[^*/]+\/[^*]+$/.test(name));
  const responses = operation.responses.map((response): Response => ({
    ...response,
    contents: (response.contents ?? []).map((content) =>
      isRange(content) ? { ...content, mediaType: choose(content, accepted) } : content,
    ),
  }));
  return { ...operation, responses: responses as PrismOperation['responses'] };
}

function isRange({ mediaType }: Content): boolean {
  return mediaType.endsWith('/*');
}

function choose(content: Content, accepted: readonly string[]): string {
  const [kind = '*'] = content.mediaType.split('/', 1);
  const asked = accepted.find((name) => kind === '*' || name.startsWith(`${kind}/`));
  return asked ?? USUAL[kind] ?? (isText(content) ? 'text/plain' : 'application/json');
}

function isText({ schema, examples = [] }: Content): boolean {
  const [example] = examples;
  if (example && 'value' in example) return typeof example.value === 'string';
  return schema?.type === 'string';
}
