/** An override as a form holds it: text in every field, of all kinds at once. */
import type { JournalEntry, Json, Override } from '../../control-api/control-api.ts';

export type Kind = 'error' | 'reply' | 'patch' | 'delay' | 'fault' | 'rateLimit';

export type Draft = {
  readonly vendor: string;
  readonly operation: string;
  readonly call: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: string;
  readonly body: string;
  readonly atMost: string;
  readonly probability: string;
  readonly kind: Kind;
  readonly error: string;
  readonly status: string;
  readonly replyHeaders: string;
  readonly replyBody: string;
  readonly patch: string;
  readonly delayMs: string;
  readonly fault: string;
  readonly limit: string;
  readonly windowSeconds: string;
};

export const EMPTY: Draft = {
  vendor: '',
  operation: '',
  call: '',
  method: '',
  path: '',
  query: '',
  headers: '',
  body: '',
  atMost: '',
  probability: '',
  kind: 'error',
  error: 'rate-limited',
  status: '503',
  replyHeaders: '',
  replyBody: '',
  patch: '{}',
  delayMs: '2000',
  fault: 'reset-after',
  limit: '10',
  windowSeconds: '60',
};

/** A draft that acts on requests like this one. */
export function draftFrom({ vendor, operation, request, response }: JournalEntry): Draft {
  const body = response.body !== null && 'json' in response.body ? response.body.json : undefined;
  const type = response.headers['content-type'];
  return {
    ...EMPTY,
    vendor: vendor ?? '',
    operation: operation ?? '',
    ...(operation === null && {
      method: request.method,
      path: request.url.replace(/^\/_sandbox\/[^/]+/, '').split('?')[0] ?? '',
    }),
    status: String(response.status),
    replyHeaders: type === undefined ? '' : `content-type: ${type}`,
    replyBody: body === undefined ? '' : JSON.stringify(body, undefined, 2),
  };
}

/** Throws an `Error` that names the field whose text is not what it has to be. */
export function toOverride(draft: Draft): Override {
  const { vendor, operation } = draft;
  const when = prune({
    call: numberIn(draft.call, 'Only the n-th call'),
    method: textIn(draft.method)?.toUpperCase(),
    path: textIn(draft.path),
    query: pairsIn(draft.query, '=', 'Query'),
    headers: pairsIn(draft.headers, ':', 'Headers'),
    body: jsonIn(draft.body, 'Body'),
  });
  return prune({
    vendor: textIn(vendor),
    operation: textIn(operation),
    when: Object.keys(when).length === 0 ? undefined : when,
    atMost: numberIn(draft.atMost, 'At most'),
    probability: numberIn(draft.probability, 'Probability'),
    effect: effectOf(draft),
  }) as Override;
}

function effectOf(draft: Draft): Readonly<Record<string, unknown>> {
  switch (draft.kind) {
    case 'error':
      return { reply: { error: draft.error } };
    case 'reply':
      return {
        reply: prune({
          status: numberIn(draft.status, 'Status'),
          headers: pairsIn(draft.replyHeaders, ':', 'Headers of the answer'),
          body: jsonOrText(draft.replyBody),
        }),
      };
    case 'patch':
      return { patch: jsonIn(draft.patch, 'Patch') ?? {} };
    case 'delay':
      return { delay: { ms: numberIn(draft.delayMs, 'Delay') ?? 0 } };
    case 'fault':
      return { fault: draft.fault };
    case 'rateLimit':
      return {
        rateLimit: {
          limit: numberIn(draft.limit, 'Calls'),
          windowSeconds: numberIn(draft.windowSeconds, 'Seconds'),
        },
      };
  }
}

function prune(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function textIn(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim();
}

function numberIn(text: string, label: string): number | undefined {
  if (text.trim() === '') return undefined;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  throw new Error(`${label}: “${text}” is not a number.`);
}

function jsonIn(text: string, label: string): Json | undefined {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new Error(`${label}: this is not JSON. ${(cause as Error).message}`, { cause });
  }
}

/** Text that is not JSON is sent as it is. */
function jsonOrText(text: string): Json | undefined {
  try {
    return jsonIn(text, '');
  } catch {
    return text;
  }
}

function pairsIn(
  text: string,
  separator: string,
  label: string,
): Readonly<Record<string, string>> | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return undefined;
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(separator);
      if (at <= 0)
        throw new Error(`${label}: “${line}” has no ${separator}. Write name${separator} value.`);
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}
