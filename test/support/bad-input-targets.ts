/** Targets for bad input: for each vendor, a call that succeeds unchanged. */
import type { JsonObject } from '../../src/messages/json.ts';

export type BadInputTarget = {
  readonly path: string;
  /** As they stand in a raw request. */
  readonly headers: readonly string[];
  readonly body: JsonObject;
  /** A property of the body that is a text, and one that is a number. */
  readonly text: string;
  readonly number: string;
  readonly isOwnForm: (refusal: string) => boolean;
};

const targets: Readonly<Record<string, BadInputTarget>> = {
  ibl: {
    path: '/api/catalog/licenses/program/create/',
    headers: ['Authorization: Api-Token dm-admin'],
    body: {
      platform_key: 'acme',
      program_key: 'p',
      name: 'n',
      count: 1,
      started: '2026-01-01T00:00:00Z',
    },
    text: 'source',
    number: 'count',
    // Django never sees a body that is too large: the proxy before it answers with a page.
    isOwnForm: (body: string) => body.startsWith('<html>') || !('title' in JSON.parse(body)),
  },
  'thought-industries': {
    path: '/incoming/v2/licenses',
    headers: ['Authorization: Bearer ti-key'],
    body: {
      clientId: '2c9d6b10-5e4f-4a8b-9c1d-7a6b5c4d3e01',
      courseIds: [],
      learningPathIds: [],
      courseTagIds: [],
      name: 'n',
    },
    text: 'ref1',
    number: 'seatsLimit',
    isOwnForm: (body: string) => 'error' in JSON.parse(body) && 'message' in JSON.parse(body),
  },
  alice: {
    path: '/api/licenses/add',
    headers: [],
    body: {
      Name: 'n',
      AvailableSeats: 1,
      TargetUserGroupId: 'ea677d34-15bf-4074-97b1-5b9661e2b4d0',
    },
    text: 'CommentText',
    number: 'AvailableSeats',
    isOwnForm: (body: string) => 'Message' in JSON.parse(body),
  },
};

/** Throws where there is none. */
export function badInputTarget(vendor: string): BadInputTarget {
  const found = targets[vendor];
  if (found) return found;
  throw new Error(`No call of ${vendor}: write one in test/support/bad-input-targets.ts.`);
}
