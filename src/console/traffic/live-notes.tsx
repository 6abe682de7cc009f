/** What the live vendor had to do with a request: it gave the answer, or its answer was compared with the mock's. */
import type { Drift, JournalEntry } from '../../control-api/control-api.ts';
import { hrefOf, type Place } from '../place.ts';

export function LiveNotes({
  entry: { live, drift = [] },
  place,
}: {
  readonly entry: JournalEntry;
  readonly place: Place;
}) {
  if (!live) return undefined;
  const { notComparable = [] } = live;
  return (
    <section className="live-notes">
      <h3>Compared with the live vendor</h3>
      <p>{summarize(live, drift.length)}</p>
      {drift.map((each) => (
        <DriftView key={`${each.what} ${each.path}`} drift={each} place={place} />
      ))}
      {notComparable.length > 0 && (
        <details>
          <summary className="soft">{notComparable.length} not comparable</summary>
          <dl className="facts">
            {notComparable.map(({ path, reason }) => (
              <div key={path} style={{ display: 'contents' }}>
                <dt className="mono">{path}</dt>
                <dd>{reason}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

function summarize(
  { outcome, status, durationMs, reason }: NonNullable<JournalEntry['live']>,
  differences: number,
): string {
  if (outcome === 'waiting') return 'The vendor has not answered yet.';
  if (outcome === 'dropped') return 'The vendor was not asked: too many requests were waiting.';
  if (outcome === 'failed') return reason ?? 'The vendor gave no answer.';
  const answered = `The vendor answered ${status} in ${Math.round(durationMs ?? 0)} ms.`;
  if (differences === 0) return `${answered} The mock’s answer does not differ.`;
  return `${answered} The mock’s answer differs in ${differences === 1 ? 'one place' : `${differences} places`}.`;
}

function DriftView({
  drift: { path, what, mock, live, row, choice },
  place,
}: {
  readonly drift: Drift;
  readonly place: Place;
}) {
  return (
    <div className="finding warning">
      <div>
        <code className="name">{path}</code> <span className="badge">{what}</span>
      </div>
      <dl className="facts">
        <dt>Mock</dt>
        <dd className="mono">{mock ?? <Nothing />}</dd>
        <dt>Vendor</dt>
        <dd className="mono">{live ?? <Nothing />}</dd>
      </dl>
      {row === undefined ? (
        <p className="soft">No row of the ledger explains it.</p>
      ) : (
        <p>
          <a href={hrefOf({ ...place, view: 'vendors', rest: ['ledger', row] })}>{row}</a>
          {choice !== undefined && (
            <>
              {' '}
              explains it: with <code>{choice}</code>, the mock answers as the vendor does.
            </>
          )}
        </p>
      )}
    </div>
  );
}

function Nothing() {
  return <span className="soft">nothing</span>;
}
