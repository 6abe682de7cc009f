/** Stops, runs, moves and sets the clock. */
import { useId, useState } from 'react';
import type { ClockReading } from '../../control-api/control-api.ts';
import { useApi } from '../api/session.tsx';
import type { Move } from './move.ts';

const STEPS = [
  ['−1 day', '-P1D'],
  ['+1 hour', 'PT1H'],
  ['+1 day', 'P1D'],
  ['+30 days', 'P30D'],
  ['+1 year', 'P1Y'],
] as const;

export function Jumps({
  sandbox,
  reading: { mode, now },
  onMove,
}: {
  readonly sandbox: string;
  readonly reading: ClockReading;
  readonly onMove: Move;
}) {
  const api = useApi();
  const id = useId();
  const [at, setAt] = useState<string>();
  const other = mode === 'frozen' ? 'running' : 'frozen';
  return (
    <section className="jumps" aria-label="Move the clock">
      <div className="button-row">
        <button
          className="button primary"
          type="button"
          onClick={() => onMove(() => api.setClock(sandbox, { mode: other }))}
        >
          {mode === 'frozen' ? 'Run' : 'Freeze'}
        </button>
        {STEPS.map(([label, by]) => (
          <button
            key={by}
            className="button"
            type="button"
            onClick={() => onMove(() => api.advanceClock(sandbox, by))}
          >
            {label}
          </button>
        ))}
        <button
          className="button"
          type="button"
          onClick={() => onMove(() => api.unsetClock(sandbox))}
        >
          Back to real time
        </button>
      </div>
      <form
        className="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          onMove(() => api.setClock(sandbox, { mode, now: `${at ?? shortOf(now)}:00Z` }));
          setAt(undefined);
        }}
      >
        <label htmlFor={id}>Set to, in UTC</label>
        <input
          id={id}
          className="input"
          type="datetime-local"
          required
          min="1970-01-01T00:00"
          max="9999-12-31T23:59"
          value={at ?? shortOf(now)}
          onChange={(event) => setAt(event.target.value)}
        />
        <button className="button" type="submit" disabled={at === undefined}>
          Set
        </button>
      </form>
    </section>
  );
}

function shortOf(now: string): string {
  return now.slice(0, 16);
}
