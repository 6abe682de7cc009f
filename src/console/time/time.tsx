/** The sandbox's clock: what it shows, how to move it, and what happens next by it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/session.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { useToasts } from '../parts/toasts.tsx';
import type { ViewProps } from '../place.ts';
import { ClockFace } from './clock-face.tsx';
import { Events } from './events.tsx';
import { Jumps } from './jumps.tsx';
import type { Move } from './move.ts';
import './time.css';

export function Time({ place }: ViewProps) {
  const { sandbox } = place;
  const api = useApi();
  const queries = useQueryClient();
  const { attempt } = useToasts();
  const { data, error } = useQuery({
    queryKey: ['clock', sandbox],
    // The reading and its moment belong together: a running clock goes on from there.
    queryFn: async () => ({ reading: await api.getClock(sandbox), readAt: Date.now() }),
    refetchInterval: 5_000,
  });
  if (!data) {
    return (
      <div className="page">
        <QueryState error={error} what="the clock" />
      </div>
    );
  }
  const { reading, readAt } = data;
  const move: Move = (work) =>
    void attempt(
      async () => {
        const moved = await work();
        await queries.invalidateQueries();
        return moved;
      },
      (moved) => ({
        text: `The clock shows ${moved.now.slice(0, 19).replace('T', ' ')} UTC.`,
        async undo() {
          const passed = reading.mode === 'running' ? Date.now() - readAt : 0;
          const now = new Date(Date.parse(reading.now) + passed).toISOString();
          await api.setClock(sandbox, { mode: reading.mode, now });
          await queries.invalidateQueries();
        },
      }),
    );
  return (
    <div className="page">
      <div className="page-inner time">
        <ClockFace reading={reading} readAt={readAt} />
        <Jumps sandbox={sandbox} reading={reading} onMove={move} />
        <Events place={place} reading={reading} onMove={move} />
      </div>
    </div>
  );
}
