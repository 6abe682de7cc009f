/** Finds the sandbox of a request: by path prefix, else by header, else `default`. */
import { MockError } from '../errors.ts';
import type { RawRequest } from './read-request.ts';

const PREFIX = /^\/_sandbox\/([^/]*)(\/.*)?$/s;

export type FoundSandbox = {
  readonly name: string;
  /** The prefix that links in answers must keep, such as `/_sandbox/mine`; may be empty. */
  readonly base: string;
  /** The request without that prefix. */
  readonly local: RawRequest;
};

export function findSandbox(raw: RawRequest): FoundSandbox {
  const match = raw.path.startsWith('/_sandbox') ? PREFIX.exec(raw.path) : null;
  if (!match) {
    return { name: raw.headers['x-mock-sandbox'] ?? 'default', base: '', local: raw };
  }
  const [, name = '', path = '/'] = match;
  const asked = raw.headers['x-mock-sandbox'];
  if (asked !== undefined && asked !== name) {
    throw new MockError(
      'bad-request',
      `The path names sandbox "${name}", but the X-Mock-Sandbox header names "${asked}". Use one of the two.`,
    );
  }
  return { name, base: `/_sandbox/${name}`, local: { ...raw, path } };
}
