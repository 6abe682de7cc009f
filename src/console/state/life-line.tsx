/** The life of a record as a line: what happened, where the sandbox's clock stands, what is to come. */
import { lifeOf } from './life.ts';
import { showInstant } from './value.tsx';

export function LifeLine({
  moments,
  now,
}: {
  readonly moments: readonly { readonly at: string; readonly event: string }[];
  readonly now: string;
}) {
  const points = lifeOf(moments, now);
  return (
    <ol className="life">
      {points.map(({ at, event, when, share }) => (
        <li key={`${event} ${at}`} className={when} style={{ flexGrow: share }}>
          <span className="dot" aria-hidden="true" />
          <span className="event">{event}</span>
          <time className="figure soft" dateTime={at} title={at}>
            {showInstant(at)}
          </time>
        </li>
      ))}
    </ol>
  );
}
