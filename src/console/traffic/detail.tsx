/** One request: why it was answered so, what was sent, what came back, and what to do with it. */
import { useEffect, useRef, useState } from 'react';
import type { JournalEntry } from '../../control-api/control-api.ts';
import { useExamples } from '../api/use-queries.ts';
import type { JsonNote } from '../parts/json-view.tsx';
import { hrefOf, type Place } from '../place.ts';
import { BodyView } from './body-view.tsx';
import { CopyMenu } from './copy-menu.tsx';
import { toRequest } from './copy-as.ts';
import { sandboxUrl } from './first-entry.tsx';
import { Resend } from './resend.tsx';
import { Why } from './why.tsx';
import { classOfStatus } from './words.ts';

export function Detail({
  entry,
  place,
  onClose,
  onShow,
  isPicking,
  onPick,
}: {
  readonly entry: JournalEntry;
  readonly place: Place;
  readonly onClose: () => void;
  readonly onShow: (id: string) => void;
  /** The next row that is chosen is compared with this entry. */
  readonly isPicking: boolean;
  readonly onPick: () => void;
}) {
  const { request, response, status, durationMs, operation, vendor, kind } = entry;
  const { data } = useExamples(place.sandbox);
  const [isResending, setIsResending] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const sendable = toRequest(entry, sandboxUrl(place.sandbox), data?.examples ?? []);
  return (
    <article
      className="detail"
      aria-label={`Request ${entry.id}`}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <header className="detail-head">
        <h2 ref={heading} tabIndex={-1}>
          <span className={classOfStatus(status)}>{status === 0 ? 'No answer' : status}</span>
          <span className="mono">{request.method}</span>
          <span>{operation ?? request.url}</span>
        </h2>
        {kind === 'proxied' && <span className="badge accent">proxied</span>}
        <span className="soft">
          {vendor ?? 'no vendor'} · {durationMs} ms · {entry.id}
        </span>
        <button
          className="button plain"
          type="button"
          style={{ marginLeft: 'auto' }}
          onClick={onClose}
        >
          Close
        </button>
      </header>
      <div className="detail-actions">
        <CopyMenu entry={entry} request={sendable} />
        <button className="button" type="button" onClick={() => setIsResending(true)}>
          Resend…
        </button>
        <a
          className="button"
          style={{ textDecoration: 'none' }}
          href={hrefOf({
            ...place,
            view: 'overrides',
            rest: ['from', entry.id],
          })}
        >
          Override…
        </a>
        <button className="button" type="button" aria-pressed={isPicking} onClick={onPick}>
          {isPicking ? 'Choose a request to compare' : 'Compare…'}
        </button>
      </div>
      <div className="detail-body">
        <section aria-labelledby="why">
          <h2 id="why">Why</h2>
          <Why entry={entry} place={place} />
        </section>
        <section aria-labelledby="sent">
          <h2 id="sent">Request</h2>
          <p className="mono" style={{ overflowWrap: 'anywhere' }}>
            {request.method} {request.url}
          </p>
          <Headers headers={request.headers} label="Headers of the request" />
          <BodyView
            body={request.body}
            mediaType={request.headers['content-type']}
            notes={toNotes(entry)}
            label="Body of the request"
          />
        </section>
        <section aria-labelledby="answered">
          <h2 id="answered">Response</h2>
          <Headers headers={response.headers} label="Headers of the response" />
          <BodyView
            body={response.body}
            mediaType={response.headers['content-type']}
            label="Body of the response"
          />
        </section>
      </div>
      <Resend
        request={sendable}
        isOpen={isResending}
        onClose={() => setIsResending(false)}
        onSent={onShow}
      />
    </article>
  );
}

function toNotes({ violations, warnings }: JournalEntry): readonly JsonNote[] {
  const findings = [
    ...violations.map((finding) => ({ finding, isWarning: false })),
    ...warnings.map((finding) => ({ finding, isWarning: true })),
  ];
  return findings.flatMap(({ finding, isWarning }) =>
    finding.in === 'body' ? [{ path: finding.path, text: finding.message, isWarning }] : [],
  );
}

function Headers({
  headers,
  label,
}: {
  readonly headers: Readonly<Record<string, string>>;
  readonly label: string;
}) {
  const entries = Object.entries(headers);
  if (entries.length === 0) return undefined;
  return (
    <details>
      <summary className="soft">{entries.length} headers</summary>
      <dl className="facts mono" aria-label={label}>
        {entries.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
