/** Reads the bytes of an answer, the mock's or the vendor's, so that the two can be compared. */
import type { Framework } from '../frameworks/framework.ts';
import type { ComparedAnswer } from '../live/compare/compare-answers.ts';
import type { Json } from '../messages/json.ts';
import { isJsonType, parseMediaType } from '../messages/media-type.ts';

export function readAnswer(
  answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly content: Buffer | string;
  },
  framework: Framework,
  /** Where the answering side is. It is removed from texts, because it is no difference. */
  baseUrl: string,
): ComparedAnswer {
  const { status, content } = answer;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) headers[name.toLowerCase()] = value;
  return { status, headers, body: readBody(headers['content-type'], content, framework, baseUrl) };
}

function readBody(
  contentType: string | undefined,
  content: Buffer | string,
  framework: Framework,
  baseUrl: string,
): Json | undefined {
  if (content.length === 0) return undefined;
  const { name, charset = 'utf-8' } = parseMediaType(contentType);
  const whole = typeof content === 'string' ? content : decode(content, charset);
  const text = whole.replaceAll(baseUrl, '');
  if (!isJsonType(name)) return framework.readReply(name, text) ?? text;
  return parse(text);
}

/** What texts come to. Whoever polls gets the same answer again and again, which is then compared in no time. */
const parsed = new Map<string, Json>();
const MAX_PARSED = 50;
const MAX_PARSED_LENGTH = 100_000;

/** Must not be changed. A text that is no JSON is returned as it is. */
function parse(text: string): Json {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const value = readJson(text);
  if (text.length > MAX_PARSED_LENGTH) return value;
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(text, value);
  return value;
}

function readJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const utf8 = new TextDecoder();

function decode(content: Buffer, charset: string): string {
  if (charset === 'utf-8') return utf8.decode(content);
  try {
    return new TextDecoder(charset).decode(content);
  } catch {
    return content.toString('latin1');
  }
}
