/** What the banner shows of this vendor. */
import type { Introduction } from '../vendor.ts';
import type { Config } from './config.ts';

/** A client and a course of the scenario demo; in others they are made on first use. */
const EXAMPLE = {
  clientId: '2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e01',
  courseIds: ['6f1c2a70-3b1e-4c55-9a53-0d9b7c4c1a01'],
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
