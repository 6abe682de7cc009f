/** What the banner shows of this vendor. */
import type { Introduction } from '../vendor.ts';
import type { Config } from './config.ts';

const EXAMPLE = {
  clientId: '5b0a6d1f-2c84-4f9b-a3de-70c1e8f49b26',
  courseIds: ['3f6c1a52-0d0e-4f0a-8a51-0c4d9b1e7f20'],
  learningPathIds: [],
  courseTagIds: [],
  name: 'Spring cohort',
};

export function introduce({ credentials, references }: Config): Introduction {
  const lines = credentials.map(({ token }) => `Authorization: Bearer ${token}`);
  const [authorization] = lines.map((line) => line.slice('Authorization: '.length));
  // Under closed references the client of the example need not be there.
  if (authorization === undefined || references === 'closed') {
    return { credentials: lines, example: undefined };
  }
  return {
    credentials: lines,
    example: {
      method: 'POST',
      path: '/incoming/v2/licenses',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(EXAMPLE),
    },
  };
}
