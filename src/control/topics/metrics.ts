/** The metrics for Prometheus. */
import type { Topic } from '../call.ts';

export const metrics: Topic = {
  getMetrics: async (_call, { metrics: measured }) => ({
    status: 200,
    headers: { 'content-type': measured.contentType },
    body: await measured.render(),
  }),
};
