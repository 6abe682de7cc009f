/** Writes an answer with the formatter that Web API's content negotiation picked. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
import type { Encoded, Reply } from '../../messages/message.ts';
import type { WebApiReading } from './facts.ts';
import type { DataContract } from './xml/data-contract.ts';
import { writeContract } from './xml/write-contract.ts';
import { writeError } from './xml/write-xml.ts';

const BYTE_ORDER_MARK = '\ufeff';
/** Characters that Json.NET escapes and JSON.stringify does not. */
const JSON_ESCAPED = /[\u0085\u2028\u2029]/g;

export function encode(reply: Reply, { answer, action }: WebApiReading): Encoded {
  if (reply.body === undefined) return { headers: reply.headers ?? {}, body: '' };
  const { format, mediaType, charset } = answer;
  const text =
    format === 'json' ? writeJson(reply.body) : writeXml(reply.body, action?.answers ?? []);
  return {
    headers: { ...reply.headers, 'content-type': `${mediaType}; charset=${charset}` },
    // .NET's stream writer starts UTF-16 with a byte order mark, but not UTF-8. Row CHARSETS.
    body: charset === 'utf-8' ? text : Buffer.from(BYTE_ORDER_MARK + text, 'utf16le'),
  };
}

function writeJson(body: Json): string {
  return JSON.stringify(body).replaceAll(
    JSON_ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The members of a value identify its class, except for `Message`, which an HttpError has too. */
function writeXml(body: Json, answers: readonly DataContract[]): string {
  if (Array.isArray(body)) {
    const list = answers.find(({ itemsOf }) => itemsOf);
    return list ? writeContract(list, body) : '';
  }
  const value = isJsonObject(body) ? body : {};
  const contract =
    answers.find(({ members }) => hasExactly(value, members)) ??
    answers.find(({ members }) =>
      members.some(({ name }) => name !== 'Message' && Object.hasOwn(value, name)),
    );
  return contract ? writeContract(contract, value) : writeError(value);
}

function hasExactly(value: JsonObject, members: DataContract['members']): boolean {
  return (
    members.length === Object.keys(value).length &&
    members.every(({ name }) => Object.hasOwn(value, name))
  );
}
