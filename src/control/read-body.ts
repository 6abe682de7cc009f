/** Reads a call's body: checks its media type, then its size, then parses it. */
import type { IncomingMessage } from 'node:http';
import { MockError, messageOf } from '../errors.ts';
import { isDeeperThan } from '../messages/json.ts';
import { parseMediaType } from '../messages/media-type.ts';
import { parseYaml } from '../yaml/yaml-document.ts';

const YAML = 'application/yaml';
/** Names that were in use before RFC 9512 registered that one. */
const YAML_ALIASES = new Set(['application/x-yaml', 'text/yaml', 'text/x-yaml', 'text/vnd.yaml']);

/** Deeper values cannot be walked by code that calls itself. */
const MAX_DEPTH = 100;

/** `option` is the name of the option that sets the limit, for the message. */
export type BodyLimit = { readonly bytes: number; readonly option: string };

/**
 * Returns undefined if there is no body or the call takes none. Rejects with `MockError` `unsupported-media-type`,
 * `too-large` or `bad-request`.
 */
export async function readBody(
  incoming: IncomingMessage,
  consumes: readonly string[],
  limit: BodyLimit,
): Promise<unknown> {
  const { 'content-length': length, 'transfer-encoding': chunked } = incoming.headers;
  const hasBody = chunked !== undefined || (length !== undefined && length !== '0');
  if (!hasBody || consumes.length === 0) return undefined;
  const mediaType = checkMediaType(incoming, consumes);
  if (Number(length) > limit.bytes) throw tooLarge(limit);
  const text = decode(await readBytes(incoming, limit));
  const value = mediaType.endsWith('yaml') ? parseYamlText(text) : parseJson(text);
  if (!isDeeperThan(value, MAX_DEPTH)) return value;
  throw new MockError('bad-request', `The body is nested more deeply than ${MAX_DEPTH} levels.`);
}

function checkMediaType({ headers }: IncomingMessage, consumes: readonly string[]): string {
  const { name: sent, charset = 'utf-8' } = parseMediaType(headers['content-type']);
  const name = YAML_ALIASES.has(sent) ? YAML : sent;
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  if (consumes.includes(name) && charset === 'utf-8' && isPlain) return name;
  const type = headers['content-type'];
  const described = type === undefined ? 'no media type' : `the media type ${type.slice(0, 100)}`;
  throw new MockError(
    'unsupported-media-type',
    `The body has ${described}${isPlain ? '' : ' and an unsupported encoding'}. Send it in UTF-8 with Content-Type: ${consumes.join(' or ')}.`,
  );
}

async function readBytes(incoming: IncomingMessage, limit: BodyLimit): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit.bytes) break;
    chunks.push(chunk);
  }
  if (size <= limit.bytes) return Buffer.concat(chunks);
  // Discards the rest, because the client may read the answer only after sending everything.
  incoming.resume();
  throw tooLarge(limit);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MockError('bad-request', 'The body is not UTF-8.', { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new MockError('bad-request', `The body is not JSON: ${messageOf(cause).slice(0, 200)}.`, {
      cause,
    });
  }
}

function parseYamlText(text: string): unknown {
  const { value, fault } = parseYaml(text);
  if (!fault) return value;
  throw new MockError('bad-request', `The body is not YAML: line ${fault.line}: ${fault.message}.`);
}

function tooLarge({ bytes, option }: BodyLimit): MockError {
  return new MockError(
    'too-large',
    `The body is larger than ${bytes} bytes, the limit that --${option} sets.`,
  );
}
