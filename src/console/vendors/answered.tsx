/** What came back for a request that was tried, and the way to its entry in Traffic. */
import { useJournal } from '../api/use-journal.tsx';
import { hrefOf, type Place } from '../place.ts';
import { BodyView } from '../traffic/body-view.tsx';
import { classOfStatus } from '../traffic/words.ts';

export type Sent = {
  readonly status: number;
  /** Of its journal entry. */
  readonly id: string;
};

export function Answered({
  sent: { status, id },
  place,
}: {
  readonly sent: Sent;
  readonly place: Place;
}) {
  const { entries } = useJournal();
  const entry = entries.find((each) => each.id === id);
  return (
    <div className="answered">
      <p role="status">
        <strong className={classOfStatus(status)}>{status === 0 ? 'Redirect' : status}</strong>{' '}
        {entry && <span className="soft">{entry.durationMs} ms</span>}{' '}
        {id !== '' && (
          <a href={hrefOf({ ...place, view: 'traffic', rest: [id] })}>See why in Traffic: {id}</a>
        )}
      </p>
      {entry && (
        <BodyView
          body={entry.response.body}
          mediaType={entry.response.headers['content-type']}
          label="Body of the answer"
        />
      )}
    </div>
  );
}
