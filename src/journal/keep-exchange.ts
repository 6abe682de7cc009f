/**
 * What the journal holds of an exchange, and how many bytes that counts. On the way of every request: nothing is
 * parsed here, and nothing that is kept holds on to a buffer or a text of unbounded length.
 *
 * An entry counts `ENTRY_BYTES`, plus
 * - the characters of its URL and, for each header, `HEADER_BYTES` and the characters of name and values;
 * - what is kept of each body: of bytes one each; of a text one a character where all are ASCII, else two;
 * - for each warning and violation `FINDING_BYTES` and twice the characters of its path and message.
 */
import type { Place, Violation, Warning } from '../messages/message.ts';
import type { RecordedExchange, RecordedHeaders } from './entry.ts';

/** An entry's id, the names of its fields and its places in two chains; measured at about this. */
const ENTRY_BYTES = 512;
const HEADER_BYTES = 48;
const FINDING_BYTES = 256;

/** More warnings or violations are counted in a last one: a body may have 100,000 faults. */
const MAX_FINDINGS = 100;
const MAX_MESSAGE_LENGTH = 1_000;
const MAX_NAME_LENGTH = 200;

export type KeptBody = {
  /** How long it was. */
  readonly bytes: number;
  readonly isCut: boolean;
  /** `text`: the body. `bytes`: a character for each byte (Latin-1), as a Buffer would hold on to a shared slab. */
  readonly coding: 'text' | 'bytes';
  readonly content: string;
};

export type Kept = Omit<RecordedExchange, 'request' | 'response'> & {
  readonly request: Omit<RecordedExchange['request'], 'body' | 'decoded'> & {
    readonly body: KeptBody;
    /** As JSON, so that its length is known and nothing of the vendor's objects stays. */
    readonly decoded: string | undefined;
  };
  readonly response: Omit<RecordedExchange['response'], 'body'> & { readonly body: KeptBody };
  /** What it counts in the journal. */
  readonly bytes: number;
};

export function keepExchange(exchange: RecordedExchange, bodyLimitBytes: number): Kept {
  const { request, response } = exchange;
  const sent = keepBytes(request.body, bodyLimitBytes);
  const answered =
    typeof response.body === 'string'
      ? keepText(response.body, bodyLimitBytes)
      : keepBytes(response.body, bodyLimitBytes);
  const decoded = sent.isCut ? undefined : keepDecoded(request.decoded, bodyLimitBytes);
  const warnings = keepFindings(exchange.warnings);
  const violations = keepFindings(exchange.violations);
  return {
    id: exchange.id,
    time: exchange.time,
    sandbox: exchange.sandbox,
    vendor: exchange.vendor,
    operation: exchange.operation,
    kind: exchange.kind,
    status: exchange.status,
    durationMs: exchange.durationMs,
    warnings,
    violations,
    ledger: exchange.ledger,
    override: exchange.override,
    request: {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: sent,
      decoded,
    },
    response: { status: response.status, headers: response.headers, body: answered },
    bytes:
      ENTRY_BYTES +
      request.url.length +
      sizeOfHeaders(request.headers) +
      sizeOfHeaders(response.headers) +
      sizeOfBody(sent) +
      sizeOfBody(answered) +
      (decoded === undefined ? 0 : sizeOfText(decoded)) +
      sizeOfFindings(warnings) +
      sizeOfFindings(violations),
  };
}

const NO_BODY: KeptBody = { bytes: 0, isCut: false, coding: 'text', content: '' };

function keepBytes(body: Buffer, limitBytes: number): KeptBody {
  if (body.length === 0) return NO_BODY;
  return {
    bytes: body.length,
    isCut: body.length > limitBytes,
    coding: 'bytes',
    content: body.toString('latin1', 0, Math.min(body.length, limitBytes)),
  };
}

function keepText(body: string, limitBytes: number): KeptBody {
  if (body === '') return NO_BODY;
  const bytes = Buffer.byteLength(body);
  if (bytes <= limitBytes) return { bytes, isCut: false, coding: 'text', content: body };
  // A part of a string keeps the whole alive; its bytes do not. A character has at least one byte.
  const start = Buffer.from(body.slice(0, limitBytes));
  return {
    bytes,
    isCut: true,
    coding: 'bytes',
    content: start.toString('latin1', 0, Math.min(start.length, limitBytes)),
  };
}

/** Undefined also where it is no JSON after all, or far longer than the body it was read from. */
function keepDecoded(decoded: unknown, limitBytes: number): string | undefined {
  if (decoded === undefined) return undefined;
  try {
    const text = JSON.stringify(decoded);
    return text.length > limitBytes ? undefined : text;
  } catch {
    return undefined;
  }
}

function keepFindings<T extends Violation | Warning>(findings: readonly T[]): readonly T[] {
  if (findings.length === 0) return findings;
  const kept = findings.slice(0, MAX_FINDINGS).map((finding): T => ({
    ...finding,
    path: finding.path.map((name) =>
      typeof name === 'string' ? copyText(name, MAX_NAME_LENGTH) : name,
    ),
    message: copyText(finding.message, MAX_MESSAGE_LENGTH),
  }));
  const [first] = findings;
  if (first === undefined || kept.length === findings.length) return kept;
  const message = `${findings.length - kept.length} more follow; the journal keeps the first ${MAX_FINDINGS}.`;
  return [...kept, { ...first, path: [], message }];
}

/** A copy of its own: a message made of parts of a body of 1 MB would keep that alive. */
function copyText(text: string, maxLength: number): string {
  const isLong = text.length > maxLength;
  const copy = Buffer.from(isLong ? text.slice(0, maxLength) : text).toString();
  return isLong ? `${copy}…` : copy;
}

function sizeOfHeaders(headers: RecordedHeaders): number {
  let bytes = 0;
  for (const name in headers) {
    const value = headers[name];
    bytes += HEADER_BYTES + name.length;
    if (typeof value === 'string') bytes += value.length;
    else if (value !== undefined) bytes += String(value).length;
  }
  return bytes;
}

function sizeOfBody({ coding, content, bytes }: KeptBody): number {
  return coding === 'bytes' || bytes === content.length ? content.length : 2 * content.length;
}

function sizeOfText(text: string): number {
  return Buffer.byteLength(text) === text.length ? text.length : 2 * text.length;
}

function sizeOfFindings(findings: readonly (Place & { readonly message: string })[]): number {
  let bytes = 0;
  for (const { path, message } of findings) {
    bytes += FINDING_BYTES + 2 * message.length;
    for (const name of path) bytes += 2 * String(name).length;
  }
  return bytes;
}
