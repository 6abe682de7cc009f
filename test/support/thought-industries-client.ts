/** Sends requests as an app of a Thought Industries school does. */
import { randomUUID } from 'node:crypto';
import type { TestServer } from './server.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Of an answer's license; deeper fields by name. */
export type License = {
  readonly id: string;
  readonly client: Client;
  readonly parentLicense: License | null;
  readonly childLicenses: readonly License[];
  readonly courses: readonly Fields[];
  readonly [name: string]: unknown;
};

type Client = {
  readonly courseIds: readonly string[];
  readonly learningPathIds: readonly string[];
  readonly courseTagIds: readonly string[];
  readonly courses: readonly Fields[];
  readonly learningPaths: readonly Fields[];
  readonly courseTags: readonly Fields[];
  readonly primaryLicense: License | null;
  readonly licenses: readonly License[];
  readonly [name: string]: unknown;
};

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined if the body is not JSON. */
  readonly body: unknown;
};

export const PATH = '/incoming/v2/licenses';
export const KEY = { authorization: 'Bearer ti-key' };

/** A license of a new client without content. */
export function newLicense(fields: Fields = {}): Fields {
  return {
    clientId: randomUUID(),
    courseIds: [],
    learningPathIds: [],
    courseTagIds: [],
    name: 'Spring cohort',
    ...fields,
  };
}

/** A text `body` is sent unchanged. Headers that are undefined are omitted. */
export async function post(
  server: TestServer,
  body: unknown,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<Answer> {
  const wanted = { ...KEY, 'content-type': 'application/json', ...headers };
  return send(server, PATH, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: Object.entries(wanted).filter((header): header is [string, string] => {
      return header[1] !== undefined;
    }),
  });
}

export async function send(server: TestServer, path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(server.url + path, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text !== '' ? JSON.parse(text) : undefined,
  };
}

/** Creates a license, and throws if that fails. */
export async function create(server: TestServer, fields: Fields = {}): Promise<License> {
  const answer = await post(server, newLicense(fields));
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return licenseOf(answer);
}

export function licenseOf({ body }: Answer): License {
  return (body as { data: { CreateLicense: License } }).data.CreateLicense;
}

export function warningsOf({ headers }: Answer): number {
  return Number(headers.get('x-mock-warnings') ?? 0);
}

export function ledgerOf({ headers }: Answer): readonly string[] {
  return (headers.get('x-mock-ledger') ?? '').split(', ');
}
