/** Renders a recorded exchange for display: readable, and without secrets. */
import type { Place } from '../messages/message.ts';
import type { Drift, JournalEntry, ShownBody } from '../control-api/control-api.ts';
import type { RecordedHeaders, Shadowed } from './recorded-exchange.ts';
import type { Kept, KeptBody } from './keep-exchange.ts';
import { headerText, readBody } from './read-body.ts';
import { REDACTED, type Redactor } from './redact.ts';

export function renderEntry(kept: Kept, redactor: Redactor): JournalEntry {
  const { request, response } = kept;
  return {
    id: kept.id,
    time: new Date(kept.time).toISOString(),
    sandbox: kept.sandbox,
    vendor: kept.vendor ?? null,
    operation: kept.operation ?? null,
    kind: kept.kind,
    status: kept.status,
    durationMs: Math.round(kept.durationMs * 100) / 100,
    warnings: kept.warnings.map((warning) => renderFinding(warning, redactor)),
    violations: kept.violations.map((violation) => renderFinding(violation, redactor)),
    ledger: kept.ledger,
    ...(kept.override !== undefined && { override: kept.override }),
    ...renderShadowed(kept, redactor),
    request: {
      method: request.method,
      url: redactor.url(request.url),
      headers: renderHeaders(request.headers, redactor),
      body: renderBody(request.body, request.headers, redactor),
    },
    response: {
      status: response.status,
      headers: renderHeaders(response.headers, redactor),
      body: renderBody(response.body, response.headers, redactor),
    },
  };
}

function renderShadowed(
  { live, drift }: Shadowed,
  redactor: Redactor,
): Pick<JournalEntry, 'live' | 'drift'> {
  return {
    ...(live && { live }),
    ...(drift && { drift: drift.map((each) => renderDrift(each, redactor)) }),
  };
}

function renderDrift({ mock, live, ...drift }: Drift, redactor: Redactor): Drift {
  // `body.results[].token`: each name on the way can mark a secret.
  const names = drift.path.split(/[.[\]]+/);
  const isSecret = drift.what !== 'type' && names.some((name) => redactor.isSecret(name));
  const show = (value: string | number): string | number => {
    if (isSecret) return REDACTED;
    return typeof value === 'string' ? redactor.text(value) : value;
  };
  return {
    ...drift,
    ...(mock !== undefined && { mock: show(mock) }),
    ...(live !== undefined && { live: show(live) }),
  };
}

/** A message about a secret field may contain its value. */
function renderFinding<T extends Place & { readonly message: string }>(
  finding: T,
  redactor: Redactor,
): T {
  const isSecret = finding.path.some((name) => redactor.isSecret(String(name)));
  return { ...finding, message: isSecret ? REDACTED : redactor.text(finding.message) };
}

function renderHeaders(headers: RecordedHeaders, redactor: Redactor): Record<string, string> {
  return Object.fromEntries(
    Object.keys(headers).flatMap((name) => {
      const value = headerText(headers, name);
      return value === undefined ? [] : [[name, redactor.header(name, value)]];
    }),
  );
}

export function renderBody(
  body: KeptBody,
  headers: RecordedHeaders,
  redactor: Redactor,
): ShownBody {
  const read = readBody(body, headers);
  const { bytes } = body;
  const cut = body.isCut ? ({ truncated: true } as const) : {};
  switch (read.form) {
    case 'none':
      return null;
    case 'json':
      return { json: redactor.json(read.value), bytes };
    case 'fields':
    case 'text': {
      const { text } = read;
      const shown = read.form === 'fields' ? redactor.form(text) : redactor.text(text);
      if (hidesSecret(text, redactor)) return { redacted: true, bytes };
      return { text: shown, bytes, ...cut };
    }
    case 'bytes': {
      const { content, isClosed } = read;
      const text = content.toString('latin1');
      const isSecret = isClosed || redactor.text(text) !== text || hidesSecret(text, redactor);
      if (isSecret) return { redacted: true, bytes };
      return { base64: content.toString('base64'), bytes, ...cut };
    }
  }
}

/** UTF-16 without a byte order mark looks like text with a NUL next to each character. */
function hidesSecret(text: string, redactor: Redactor): boolean {
  if (!text.includes('\0')) return false;
  const plain = text.replaceAll('\0', '');
  return redactor.text(plain) !== plain;
}
