/** Two requests, and what differs between them. */
import { useMemo } from 'react';
import { diffLines } from 'diff';
import type { JournalEntry } from '../../control-api/control-api.ts';

export function Compare({
  one,
  other,
  onClose,
}: {
  readonly one: JournalEntry;
  readonly other: JournalEntry;
  readonly onClose: () => void;
}) {
  return (
    <article className="detail" aria-label={`${one.id} compared with ${other.id}`}>
      <header className="detail-head">
        <h2>
          {one.id} <span className="soft">compared with</span> {other.id}
        </h2>
        <button
          className="button plain"
          type="button"
          style={{ marginLeft: 'auto' }}
          onClick={onClose}
        >
          Close
        </button>
      </header>
      <p className="detail-actions soft">
        − stands only in {one.id}, + only in {other.id}.
      </p>
      <div className="detail-body">
        <Difference title="Request" one={textOf(one, 'request')} other={textOf(other, 'request')} />
        <Difference
          title="Response"
          one={textOf(one, 'response')}
          other={textOf(other, 'response')}
        />
      </div>
    </article>
  );
}

function Difference({
  title,
  one,
  other,
}: {
  readonly title: string;
  readonly one: string;
  readonly other: string;
}) {
  const parts = useMemo(() => diffLines(one, other), [one, other]);
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {one === other && <p className="soft">No difference</p>}
      <div className="code wrap mono" tabIndex={0} role="group" aria-label={`${title}, compared`}>
        {parts.flatMap(({ value, added, removed }, at) =>
          value
            .replace(/\n$/, '')
            .split('\n')
            .map((line, index) => (
              <div
                key={`${at}-${index}`}
                className={`json-line${added ? ' marked warning' : removed ? ' marked' : ''}`}
              >
                {added ? '+ ' : removed ? '− ' : '  '}
                {line}
              </div>
            )),
        )}
      </div>
    </section>
  );
}

function textOf(entry: JournalEntry, side: 'request' | 'response'): string {
  const { headers, body } = entry[side];
  const first =
    side === 'request' ? `${entry.request.method} ${entry.request.url}` : String(entry.status);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const shown =
    body === null
      ? ''
      : 'json' in body
        ? JSON.stringify(body.json, undefined, 2)
        : 'text' in body
          ? body.text
          : `${body.bytes} bytes`;
  return [first, ...lines, '', shown, ''].join('\n');
}
