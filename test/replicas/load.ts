/** Clients of all vendors that work on one sandbox at the same time, and what each attempt came to. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxUrl } from '../support/control-client.ts';
import {
  ALICE_GROUP,
  CLIENT,
  emailOf,
  PEOPLE,
  SEAT_ISBN,
  SEAT_LICENSE,
  STARTED,
  userIdOf,
} from './world.ts';

export type Attempt = {
  readonly kind:
    | 'ibl license'
    | 'ibl count'
    | 'ibl group'
    | 'ibl seat'
    | 'thought-industries license'
    | 'thought-industries seat'
    | 'alice license'
    | 'alice seat';
  /** Of what was to be made or changed: an external id, a name, a person. */
  readonly key: string;
  /** Of a change. */
  readonly value?: number;
  /** `unknown`: no answer, or a 5xx. */
  readonly ended: 'done' | 'refused' | 'unknown';
  /** The status, or what went wrong on the way. */
  readonly answer: string;
  readonly requestId?: string | null;
  /** What the answer calls the record that was made. */
  readonly id?: number | string;
};

type Call = Pick<Attempt, 'kind' | 'key' | 'value'> & {
  readonly ask: string;
  readonly body?: object;
};
type Shown = {
  readonly id?: number;
  readonly IsValid?: boolean;
  readonly errors?: readonly unknown[];
  readonly data?: { readonly CreateLicense?: { readonly id: string } };
};

const CREDENTIALS = { ibl: 'Api-Token dm-admin', 'thought-industries': 'Bearer ti-key', alice: '' };
/** A request that a dying server holds open must end. */
const LIMIT_MS = 15_000;
const PAUSE_MS = 8;
const AFTER_FAILURE_MS = 40;

/** Clients work until `signal` is aborted, each on a random one of `urls`. */
export async function runLoad(options: {
  readonly urls: () => readonly string[];
  readonly sandbox: string;
  readonly clients: number;
  readonly random: () => number;
  readonly signal: AbortSignal;
}): Promise<readonly Attempt[]> {
  const { urls, sandbox, clients, random, signal } = options;
  const attempts: Attempt[] = [];
  const below = (count: number) => Math.floor(random() * count);
  const send = async (call: Call): Promise<Attempt | undefined> => {
    const all = urls();
    const url = all[below(all.length)];
    const attempt = url && (await attemptOf(sandboxUrl(url, sandbox), call));
    if (attempt) attempts.push(attempt);
    await sleep(attempt && attempt.ended !== 'unknown' ? PAUSE_MS : AFTER_FAILURE_MS);
    return attempt || undefined;
  };
  let count = 0;
  const work = async (client: number): Promise<void> => {
    const own = `own-${client}`;
    let ownId: Attempt['id'];
    let value = 10;
    while (!signal.aborted) {
      count += 1;
      const key = `${client}-${count}`;
      const person = 1 + below(PEOPLE);
      if (ownId === undefined) {
        const made = await send(createIbl(count === 1 ? own : `${own}-${count}`));
        ownId = made?.id;
      }
      const calls: readonly Call[] = [
        createIbl(key),
        // Several clients ask for each of these.
        createIbl(`contended-${Math.floor(count / 12)}`),
        { kind: 'ibl count', key: String(ownId), value: (value += 1), ...update(ownId, value) },
        {
          kind: 'ibl seat',
          key: String(person),
          ask: 'POST /api/catalog/licenses/user/assignment/',
          body: { license_id: 1, user_id: person },
        },
        {
          kind: 'thought-industries license',
          key,
          ask: 'POST /incoming/v2/licenses',
          body: { ...NO_CONTENT, clientId: CLIENT, name: key },
        },
        {
          kind: 'thought-industries seat',
          key: emailOf(person),
          ask: `PUT /incoming/v2/users/${emailOf(person)}`,
          body: { studentLicenseIds: [SEAT_LICENSE] },
        },
        {
          kind: 'alice license',
          key,
          ask: 'POST /api/licenses/add',
          body: {
            Name: key,
            TargetUserGroupId: ALICE_GROUP,
            AvailableSeats: 3,
            Isbns: [isbnOf(count)],
          },
        },
        {
          kind: 'alice seat',
          key: userIdOf(person),
          ask: `GET /api/GetLicenseAnonymized?userId=${userIdOf(person)}&productKey=${SEAT_ISBN}`,
        },
      ];
      const call = calls[below(calls.length)];
      if (call && (call.kind !== 'ibl count' || ownId !== undefined)) {
        const { kind, id } = (await send(call)) ?? {};
        if (kind === 'ibl license' && id !== undefined && below(3) === 0) await send(giveGroup(id));
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  return attempts;
}

const NO_CONTENT = { courseIds: [], learningPathIds: [], courseTagIds: [] };
const isbnOf = (count: number) => `97803064${String(count).padStart(5, '0')}`;

function createIbl(key: string): Call {
  return {
    kind: 'ibl license',
    key,
    ask: 'POST /api/catalog/licenses/program/create/',
    body: {
      platform_key: 'acme',
      program_key: 'bar',
      name: 'Spring',
      count: 10,
      started: STARTED,
      external_id: key,
    },
  };
}

function update(id: Attempt['id'], count: number): Pick<Call, 'ask' | 'body'> {
  return { ask: 'POST /api/catalog/licenses/program/update/', body: { license_id: id, count } };
}

function giveGroup(id: number | string): Call {
  return {
    kind: 'ibl group',
    key: String(id),
    ask: 'POST /api/catalog/licenses/program/assignment/group/',
    body: { license_id: id, group_id: 1 },
  };
}

async function attemptOf(base: string, { ask, body, ...call }: Call): Promise<Attempt> {
  const [method = '', path = ''] = ask.split(' ');
  const [vendor = ''] = call.kind.split(' ');
  const authorization = CREDENTIALS[vendor as keyof typeof CREDENTIALS];
  try {
    const answer = await fetch(base + path, {
      method,
      signal: AbortSignal.timeout(LIMIT_MS),
      headers: {
        accept: 'application/json',
        ...(authorization !== '' && { authorization }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const { status } = answer;
    if (status >= 500) return { ...call, ended: 'unknown', answer: `${status} ${text}` };
    const shown = JSON.parse(text) as Shown;
    const isDone = answer.ok && shown.IsValid !== false && (shown.errors ?? []).length === 0;
    const id = shown.id ?? shown.data?.CreateLicense?.id;
    return {
      ...call,
      ended: isDone ? 'done' : 'refused',
      answer: `${status} ${text}`,
      requestId: answer.headers.get('x-mock-request-id'),
      ...(isDone && id !== undefined && { id }),
    };
  } catch (error) {
    return { ...call, ended: 'unknown', answer: String(error) };
  }
}
