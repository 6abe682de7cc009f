/** Says what an override would have done: the past requests that it matches, and the answer they would get. */
import { useState } from 'react';
import type { JournalEntry, Override } from '../../control-api/control-api.ts';
import { messageOf } from '../../errors.ts';
import { useApi } from '../api/session.tsx';
import { useJournal } from '../api/use-journal.tsx';
import { useExamples } from '../api/use-queries.ts';
import { hrefOf } from '../place.ts';
import { findMatches, previewAnswer, type Answer, type Matches } from './try-out.ts';

type Shown = {
  readonly matches: Matches;
  readonly request: JournalEntry | undefined;
  readonly answer: Answer | { readonly failed: string } | undefined;
};

export function Preview({
  read,
  source,
  sandbox,
}: {
  /** The override of the form, if the form is right. */
  readonly read: () => Override | undefined;
  readonly source: JournalEntry | undefined;
  readonly sandbox: string;
}) {
  const api = useApi();
  const { entries } = useJournal();
  const { data } = useExamples(sandbox);
  const [shown, setShown] = useState<Shown | { readonly refused: string }>();
  const preview = async () => {
    const override = read();
    if (!override) return;
    try {
      const matches = await findMatches(api, sandbox, override);
      const id = source?.id ?? matches.entries[0]?.id;
      const request = entries.find((each) => each.id === id);
      const answer = request
        ? await previewAnswer(api, override, request, data?.examples ?? []).catch(
            (thrown: unknown) => ({ failed: messageOf(thrown) }),
          )
        : undefined;
      setShown({ matches, request, answer });
    } catch (thrown) {
      setShown({ refused: messageOf(thrown) });
    }
  };
  return (
    <div className="preview">
      <div>
        <button className="button" type="button" onClick={() => void preview()}>
          Preview
        </button>
      </div>
      <div role="status">
        {shown && 'refused' in shown && <p className="error">{shown.refused}</p>}
        {shown && 'matches' in shown && <Result shown={shown} sandbox={sandbox} />}
      </div>
    </div>
  );
}

function Result({ shown, sandbox }: { readonly shown: Shown; readonly sandbox: string }) {
  const { matches, request, answer } = shown;
  return (
    <>
      <p>
        {matches.count === 0
          ? 'No past request matches.'
          : `${matches.count} past ${matches.count === 1 ? 'request matches' : 'requests match'}: `}
        {matches.entries.map(({ id, method, url, status }, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <a href={hrefOf({ sandbox, view: 'traffic', rest: [id] })}>
              {method} {url} ({status})
            </a>
          </span>
        ))}
      </p>
      {answer === undefined && (
        <p className="soft">Send a request that matches, and the preview shows its answer.</p>
      )}
      {answer && 'failed' in answer && (
        <p>
          {request?.id} would get no answer: the connection breaks.{' '}
          <span className="soft">{answer.failed}</span>
        </p>
      )}
      {answer && 'status' in answer && (
        <>
          <p>{request?.id} would get:</p>
          <pre className="code wrap" tabIndex={0} aria-label="The answer under the override">
            {[
              `HTTP ${answer.status}`,
              ...answer.headers
                .filter(([name]) => !name.startsWith('x-mock-'))
                .map(([name, value]) => `${name}: ${value}`),
              '',
              answer.body.slice(0, 4_000),
            ].join('\n')}
          </pre>
        </>
      )}
    </>
  );
}
