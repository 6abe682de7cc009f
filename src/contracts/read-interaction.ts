/** The parts of an interaction, out of the forms that Pact's versions give them. */
import { isJsonType, parseMediaType } from '../messages/media-type.ts';
import type { Content, Message, ProviderState } from './contract.ts';

export function asRecord(value: unknown): Record<string, unknown> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : {};
}

/** Version 2 has one sentence, the later ones a list of names with parameters. */
export function readStates(interaction: Record<string, unknown>): readonly ProviderState[] {
  const listed = interaction['providerStates'];
  if (Array.isArray(listed)) {
    return listed.map(asRecord).map((state) => ({
      name: String(state['name'] ?? ''),
      params: asRecord(state['params']),
    }));
  }
  const single = interaction['providerState'] ?? interaction['provider_state'] ?? listed;
  return typeof single === 'string' && single !== '' ? [{ name: single, params: {} }] : [];
}

/** Version 2 has the text itself, the later ones a list of values by name. */
export function readQuery(query: unknown): string {
  if (typeof query === 'string') return query;
  const pairs = Object.entries(asRecord(query)).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, String(value)]),
  );
  return new URLSearchParams(pairs).toString();
}

export function readMessage(part: unknown): Message {
  const { headers, body } = asRecord(part);
  const named = Object.entries(asRecord(headers)).map(
    ([name, value]) => [name.toLowerCase(), [value].flat().join(', ')] as const,
  );
  const known = Object.fromEntries(named);
  return { headers: known, body: readBody(body, known['content-type'] ?? '') };
}

function readBody(body: unknown, contentType: string): Content | undefined {
  if (body === undefined || body === null) return undefined;
  const { content, contentType: own, encoded } = asRecord(body);
  const isVersion4 = content !== undefined && (own !== undefined || encoded !== undefined);
  if (!isVersion4) {
    const mediaType =
      parseMediaType(contentType).name || (typeof body === 'string' ? '' : JSON_TYPE);
    return { mediaType, text: toText(body, mediaType) };
  }
  const mediaType = parseMediaType(contentType).name || parseMediaType(String(own ?? '')).name;
  if (typeof encoded === 'string' && encoded.toLowerCase() === 'base64') {
    return { mediaType, text: Buffer.from(String(content), 'base64').toString('utf8') };
  }
  const isWritten = typeof encoded === 'string' && encoded.toLowerCase() === 'json';
  return { mediaType, text: isWritten ? String(content) : toText(content, mediaType) };
}

const JSON_TYPE = 'application/json';

function toText(content: unknown, mediaType: string): string {
  return typeof content === 'string' && !isJsonType(mediaType) ? content : JSON.stringify(content);
}
