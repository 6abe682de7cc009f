/**
 * What the journal keeps of an exchange, and its size in bytes. Runs for every request, so it parses nothing. The kept
 * values never reference a buffer or a string of unbounded length.
 */
import type { Drift, LiveResult } from '../control-api/control-api.ts';
import type { Violation, Warning } from '../messages/message.ts';
import type { StoredEntry } from '../shared/shared.ts';
import type { RecordedExchange, Shadowed } from './recorded-exchange.ts';

/** Approximate memory of an entry besides its text, measured. */
const ENTRY_BYTES = 512;

/** A last entry gives the number of further warnings or violations. A body can have 100,000 faults. */
const MAX_FINDINGS = 100;
const MAX_MESSAGE_LENGTH = 1_000;
const MAX_NAME_LENGTH = 200;

export type KeptBody = {
  /** Original length. */
  readonly bytes: number;
  readonly isCut: boolean;
  /** `text`: the body. `bytes`: one character per byte (Latin-1), because a Buffer would keep a shared slab alive. */
  readonly coding: 'text' | 'bytes';
  readonly content: string;
};

export type Kept = Omit<RecordedExchange, 'request' | 'response'> & {
  readonly request: Omit<RecordedExchange['request'], 'body'> & { readonly body: KeptBody };
  readonly response: Omit<RecordedExchange['response'], 'body'> & { readonly body: KeptBody };
};

export function keepExchange(exchange: RecordedExchange, bodyLimitBytes: number): Kept {
  const { request, response } = exchange;
  const sent = keepBytes(request.body, bodyLimitBytes);
  const answered =
    typeof response.body === 'string'
      ? keepText(response.body, bodyLimitBytes)
      : keepBytes(response.body, bodyLimitBytes);
  return {
    ...exchange,
    ...keepShadowed(exchange),
    warnings: keepFindings(exchange.warnings),
    violations: keepFindings(exchange.violations),
    request: {
      ...request,
      body: sent,
      // A truncated body cannot be compared reliably.
      content: sent.isCut ? undefined : request.content,
    },
    response: { ...response, body: answered },
  };
}

/** Everything in it comes from a live answer, so it is limited. */
export function keepShadowed({ live, drift }: Shadowed): Shadowed {
  return {
    ...(live && { live: { ...live, ...keepNotComparable(live) } }),
    ...(drift && { drift: drift.slice(0, MAX_FINDINGS).map(keepDrift) }),
  };
}

function keepNotComparable({ reason, notComparable }: LiveResult): Partial<LiveResult> {
  return {
    ...(reason !== undefined && { reason: copyText(reason, MAX_MESSAGE_LENGTH) }),
    ...(notComparable && {
      notComparable: notComparable.slice(0, MAX_FINDINGS).map(({ path, reason: why }) => ({
        path: copyText(path, MAX_MESSAGE_LENGTH),
        reason: why,
      })),
    }),
  };
}

function keepDrift({ path, mock, live, ...rest }: Drift): Drift {
  return {
    ...rest,
    path: copyText(path, MAX_MESSAGE_LENGTH),
    ...(mock !== undefined && { mock: keepValue(mock) }),
    ...(live !== undefined && { live: keepValue(live) }),
  };
}

function keepValue(value: string | number): string | number {
  return typeof value === 'string' ? copyText(value, MAX_MESSAGE_LENGTH) : value;
}

/**
 * As two strings, because the garbage collector would spend most of its time on the many objects of all entries. The
 * answer's body is the string that is sent, so that it need not be copied.
 */
export function fold(kept: Kept): StoredEntry {
  const { id, vendor, operation, status, response } = kept;
  const { content: answer, ...body } = response.body;
  const text = JSON.stringify({ ...kept, response: { ...response, body } });
  return {
    id,
    vendor,
    operation,
    status,
    bytes: ENTRY_BYTES + memoryOf(text) + memoryOf(answer),
    text,
    answer,
  };
}

/** V8 stores a string with any character beyond Latin-1 in two bytes per character. */
function memoryOf(text: string): number {
  return Buffer.byteLength(text) === text.length ? text.length : 2 * text.length;
}

export function unfold({ text, answer }: StoredEntry): Kept {
  const kept = JSON.parse(text) as Kept;
  const body = { ...kept.response.body, content: answer };
  return { ...kept, response: { ...kept.response, body } };
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
  // A slice keeps the whole string alive; its bytes do not. A character has at least one byte.
  const start = Buffer.from(body.slice(0, limitBytes));
  return {
    bytes,
    isCut: true,
    coding: 'bytes',
    content: start.toString('latin1', 0, Math.min(start.length, limitBytes)),
  };
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
  const message = `${findings.length - kept.length} more were dropped; the journal keeps the first ${MAX_FINDINGS}.`;
  return [...kept, { ...first, path: [], message }];
}

/** Makes an independent copy, because a message with slices of a 1 MB body would keep the body alive. */
function copyText(text: string, maxLength: number): string {
  const isLong = text.length > maxLength;
  const copy = Buffer.from(isLong ? text.slice(0, maxLength) : text).toString();
  return isLong ? `${copy}…` : copy;
}
