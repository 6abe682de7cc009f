/** Liveness and readiness of the process. */
import { json, type Topic } from '../call.ts';

export const health: Topic = {
  getHealth: async () => json({ status: 'ok' }),
  async getReadiness(_call, { stopping, store }) {
    if (stopping.aborted) return json({ status: 'stopping' }, 503);
    const reason = await store.findWriteFault();
    return reason === undefined
      ? json({ status: 'ready' })
      : json({ status: 'unable', reason }, 503);
  },
};
