/** What the clock shows. A running one goes on by itself between two readings. */
import { useEffect, useState } from 'react';
import type { ClockReading } from '../../control-api/control-api.ts';
import { describeDistance } from './distance.ts';

/** Closer to real time than the calls to the server could tell. */
const SAME_MS = 5_000;

export function ClockFace({
  reading,
  readAt,
}: {
  readonly reading: ClockReading;
  readonly readAt: number;
}) {
  const passed = usePassed(readAt, reading.mode === 'running');
  const shown = Date.parse(reading.now) + passed;
  const [day = '', time = ''] = new Date(shown).toISOString().slice(0, 19).split('T');
  return (
    <section className="clock-face" aria-label="Clock">
      <p className="figure">
        <time dateTime={new Date(shown).toISOString()}>
          {day} <span className="of-day">{time}</span>
        </time>{' '}
        <span className="soft zone">UTC</span>
      </p>
      <p className="soft" role="status">
        {describe(reading, Date.parse(reading.now) - readAt)}
      </p>
    </section>
  );
}

function describe({ mode }: ClockReading, aheadMs: number): string {
  if (mode === 'frozen') return 'Frozen: it stays there until you move it.';
  if (Math.abs(aheadMs) < SAME_MS) return 'Running: it shows real time.';
  return `Running, ${describeDistance(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} real time.`;
}

/** Milliseconds since `readAt`; always 0 for a clock that stands. */
function usePassed(readAt: number, isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return isRunning ? Math.max(0, now - readAt) : 0;
}
