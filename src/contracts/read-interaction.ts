/** Reads the parts of an interaction from the forms of all Pact versions. */
import { isJsonType, parseMediaType } from '../messages/media-type.ts';
import type { Content, Message, ProviderState } from './contract.ts';

export function asRecord(value: unknown): Record<string, unknown> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : {};
}

/** The major version of Pact's format. */
export type Version = '2' | '3' | '4';

/** The type of an HTTP interaction in version 4. */
export const HTTP = 'Synchronous/HTTP';

/** Version 2 has one sentence, later versions a list of names with parameters. Null and empty mean no state. */
export function readStates(interaction: Record<string, unknown>): readonly ProviderState[] {
  const { providerStates, providerState, provider_state } = interaction;
  const found = [providerStates, providerState, provider_state]
    .map((value) => [value].flat().flatMap(readState))
    .find((states) => states.length > 0);
  return found ?? [];
}

/** A state without a readable name keeps its text. No scenario serves that text, so the fault is reported. */
function readState(value: unknown): readonly ProviderState[] {
  if (value === undefined || value === null || value === '') return [];
  const state = typeof value === 'string' ? { name: value, params: {} } : asRecord(value);
  const name = typeof state['name'] === 'string' ? state['name'] : JSON.stringify(value);
  return name === '' ? [] : [{ name, params: withoutNulls(asRecord(state['params'])) }];
}

export function withoutNulls(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

/**
 * The interaction in a form that every version of Pact's verifier reads: states in the form that is never ignored,
 * and no null values except a body. Pact ignores failures of interactions that are marked as pending; here they
 * count like all others.
 */
export function toPlainInteraction(interaction: Record<string, unknown>): object {
  const { providerStates: _, providerState: __, provider_state: ___, ...rest } = interaction;
  const states = readStates(interaction);
  return {
    ...withoutNulls(rest),
    ...('type' in rest && { type: HTTP }),
    ...('pending' in rest && { pending: false }),
    ...(states.length > 0 && { providerStates: states }),
    request: toPlainMessage(rest['request']),
    response: toPlainMessage(rest['response']),
  };
}

function toPlainMessage(message: unknown): object {
  const { body, ...rest } = asRecord(message);
  return { ...withoutNulls(rest), ...(body !== undefined && { body }) };
}

/** Version 2 has the query as text, later versions lists of values by name. */
export function readQuery(query: unknown): string {
  if (typeof query === 'string') return query;
  const pairs = Object.entries(asRecord(query)).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, String(value ?? '')]),
  );
  return new URLSearchParams(pairs).toString();
}

export function readMessage(part: Record<string, unknown>, version: Version): Message {
  const named = Object.entries(asRecord(part['headers'])).map(
    ([name, value]) => [name.toLowerCase(), [value].flat().join(', ')] as const,
  );
  const headers = Object.fromEntries(named);
  const contentType = headers['content-type'] ?? '';
  const wrapping = asRecord(part['body']);
  return {
    headers,
    body:
      version === '4' && 'content' in wrapping
        ? readWrapped(wrapping, contentType)
        : readBody(part['body'], contentType),
  };
}

function readBody(body: unknown, contentType: string): Content | undefined {
  if (body === undefined || body === null) return undefined;
  const mediaType = parseMediaType(contentType).name || (typeof body === 'string' ? '' : JSON_TYPE);
  return { mediaType, text: toText(body, mediaType) };
}

/** Version 4 wraps bodies. A wrapper without content means that the body is not mentioned. */
function readWrapped(
  { content, contentType, encoded }: Record<string, unknown>,
  header: string,
): Content | undefined {
  if (content === undefined || content === null || content === '') return undefined;
  const own = parseMediaType(header).name || parseMediaType(String(contentType ?? '')).name;
  const mediaType = own || (typeof content === 'string' ? '' : JSON_TYPE);
  const encoding = encoded === true ? 'base64' : String(encoded ?? '').toLowerCase();
  if (encoding === 'base64') {
    return { mediaType, text: Buffer.from(String(content), 'base64').toString('utf8') };
  }
  return { mediaType, text: encoding === 'json' ? String(content) : toText(content, mediaType) };
}

const JSON_TYPE = 'application/json';

function toText(content: unknown, mediaType: string): string {
  return typeof content === 'string' && !isJsonType(mediaType) ? content : JSON.stringify(content);
}
