/** Liveness and readiness of the process. */
import { json, type Topic } from '../call.ts';

export const health: Topic = {
  getHealth: async () => json({ status: 'ok' }),
  getReadiness: async (_call, { stopping }) =>
    stopping.aborted ? json({ status: 'stopping' }, 503) : json({ status: 'ready' }),
};
