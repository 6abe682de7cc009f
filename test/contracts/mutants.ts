/** Ways in which the mock could be wrong, each of which a contract of contracts/ has to find. */
import type { Answered, Asked, Mutation } from './mutating-proxy.ts';

export type Mutant = {
  /** What is broken, as the table in docs/contracts.md says it. */
  readonly broken: string;
  readonly vendor: string;
  readonly mutation: Mutation;
  /** What the report has to say: it names the place. */
  readonly names: RegExp;
};

type Fields = Record<string, unknown>;

const ROOT = '/api/catalog/licenses/program/';

function omit(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

/** Changes an answer's JSON where there is some. */
function onJson(change: (body: Fields, asked: Asked) => unknown): Mutation {
  return {
    answer(answered, asked) {
      const isJson = answered.headers['content-type']?.includes('json') ?? false;
      if (!isJson || asked.url.startsWith('/_mock')) return answered;
      const body = change(JSON.parse(answered.body) as Fields, asked);
      return { ...answered, body: JSON.stringify(body) };
    },
  };
}

/** Changes each program license of an answer. */
function onLicense(change: (license: Fields) => Fields): Mutation {
  return onJson((body) => {
    if (Array.isArray(body['results'])) {
      return { ...body, results: (body['results'] as Fields[]).map(change) };
    }
    return 'platform_key' in body && 'id' in body ? change(body) : body;
  });
}

function withStatus(from: number, to: number): Mutation {
  return {
    answer: (answered, { url }) =>
      answered.status === from && !url.startsWith('/_mock')
        ? { ...answered, status: to }
        : answered,
  };
}

/** Loses a query parameter. */
function without(name: string): Mutation {
  return {
    ask(asked) {
      const [path = '', query = ''] = asked.url.split('?');
      const kept = new URLSearchParams(query);
      kept.delete(name);
      return { ...asked, url: `${path}?${kept.toString()}` };
    },
  };
}

function onSent(path: string, change: (body: Fields) => Fields): Mutation {
  return {
    ask(asked) {
      if (!asked.url.startsWith(path) || asked.body === '') return asked;
      return { ...asked, body: JSON.stringify(change(JSON.parse(asked.body) as Fields)) };
    },
  };
}

/** Changes what is asked of a seat of a program license. */
function onSeatOrder(change: (order: Fields) => Fields): Mutation {
  return {
    ask(asked) {
      if (asked.url !== `${ROOT}assignment/` || asked.body === '') return asked;
      return { ...asked, body: JSON.stringify(change(JSON.parse(asked.body) as Fields)) };
    },
  };
}

/** Changes the license of Alice's index. */
function onAliceLicense(change: (license: Fields) => Fields): Mutation {
  return onJson((body, { url }) =>
    url.startsWith('/api/licenseDtoIndex/') && body['Data']
      ? { ...body, Data: change(body['Data'] as Fields) }
      : body,
  );
}

/** Answers users who may not use a license, those with such a message. */
function onAccess(fields: Fields, message = /All seats/): Mutation {
  return onJson((body) =>
    body['IsValid'] === false && message.test(String(body['Message']))
      ? { ...body, ...fields }
      : body,
  );
}

/** The newest license as the list shows it. */
async function listed(
  asked: Asked,
  forward: (asked: Asked) => Promise<Answered>,
): Promise<Answered> {
  const answer = await forward({ ...asked, method: 'GET', url: ROOT, body: '' });
  const { results = [] } = JSON.parse(answer.body) as { results?: readonly object[] };
  return { ...answer, body: JSON.stringify(results[0] ?? {}) };
}

export const mutants: readonly Mutant[] = [
  {
    broken: 'drops a field (`program_name`)',
    vendor: 'ibl',
    mutation: onLicense((license) => omit(license, 'program_name')),
    names: /missing the following keys: program_name/,
  },
  {
    broken: 'wrong type (`count` as a text)',
    vendor: 'ibl',
    mutation: onLicense((license) => ({ ...license, count: String(license['count']) })),
    names: /\$\.count/,
  },
  {
    broken: 'wrong value (one seat too many)',
    vendor: 'ibl',
    mutation: onLicense((license) => ({ ...license, count: Number(license['count']) + 1 })),
    names: /\$\.count[^]*expected +150[^]*actual +151/,
  },
  {
    broken: 'a value is null (`external_id`)',
    vendor: 'ibl',
    mutation: onLicense((license) => ({ ...license, external_id: null })),
    names: /\$\.external_id/,
  },
  {
    broken: 'instants in another form (`+00:00` for `Z`)',
    vendor: 'ibl',
    mutation: onLicense((license) => ({
      ...license,
      created: String(license['created']).replace('Z', '+00:00'),
    })),
    names: /\$\.created/,
  },
  {
    broken: 'wrong status (201 for 200)',
    vendor: 'ibl',
    mutation: withStatus(200, 201),
    names: /status[^]*expected +200[^]*actual +201/,
  },
  {
    broken: 'a refusal is answered 200',
    vendor: 'ibl',
    mutation: withStatus(403, 200),
    names: /by a platform admin[^]*status/,
  },
  {
    broken: 'credentials are not looked at',
    vendor: 'ibl',
    mutation: {
      ask: (asked) => ({
        ...asked,
        headers: { ...asked.headers, authorization: 'Api-Token dm-admin' },
      }),
    },
    names: /without credentials[^]*status/,
  },
  {
    broken: 'another sentence in a refusal',
    vendor: 'ibl',
    mutation: {
      answer: (answered) => ({
        ...answered,
        body: answered.body.replaceAll('This field is required.', 'This field may not be blank.'),
      }),
    },
    names: /\$\.(name|program_key|started)/,
  },
  {
    broken: 'only the first wrong field is named',
    vendor: 'ibl',
    mutation: onJson((body, asked) =>
      'started' in body && asked.body.includes('1.5') ? { program_key: body['program_key'] } : body,
    ),
    names: /missing the following keys: count, name, started/,
  },
  {
    broken: 'a filter is ignored (`external_id`, `platform_key`)',
    vendor: 'ibl',
    mutation: {
      ask: (asked) => (asked.url.includes('external_id=') ? { ...asked, url: ROOT } : asked),
    },
    names: /by order number[^]*\$\.(count|results)/,
  },
  {
    broken: 'a page link is null',
    vendor: 'ibl',
    mutation: onJson((body) => ('next_page' in body ? { ...body, next_page: null } : body)),
    names: /\$\.next_page/,
  },
  {
    broken: 'page links under other names (`next`, `previous`)',
    vendor: 'ibl',
    mutation: onJson(({ next_page, previous_page, ...rest }) =>
      next_page === undefined ? rest : { ...rest, next: next_page, previous: previous_page },
    ),
    names: /missing the following keys: next_page, previous_page/,
  },
  {
    broken: 'the size of a page is ignored',
    vendor: 'ibl',
    mutation: without('page_size'),
    names: /second page of three/,
  },
  {
    broken: '`verbose` is ignored',
    vendor: 'ibl',
    mutation: without('verbose'),
    names: /missing the following keys: assignments/,
  },
  {
    broken: 'a provider state is not applied',
    vendor: 'ibl',
    mutation: {
      instead: ({ url }) =>
        url.startsWith('/_mock/provider-states')
          ? Promise.resolve({
              status: 200,
              headers: { 'content-type': 'application/json' },
              body: '{}',
            })
          : undefined,
    },
    names: /later end for a license[^]*status[^]*actual +404/,
  },
  {
    broken: 'a write is lost (answered with what was there)',
    vendor: 'ibl',
    mutation: {
      instead: (asked, forward) =>
        asked.url.startsWith(`${ROOT}update/`) && asked.body.includes('PO-2026')
          ? listed(asked, forward)
          : undefined,
    },
    names: /later end[^]*\$\.expired/,
  },
  {
    broken: 'a stale answer (written, but the old value is shown)',
    vendor: 'ibl',
    mutation: onLicense((license) =>
      license['count'] === 150 ? { ...license, count: 100 } : license,
    ),
    names: /\$\.count[^]*expected +150[^]*actual +100/,
  },
  {
    broken: 'numbers of orders may come twice',
    vendor: 'ibl',
    mutation: onSent(`${ROOT}create/`, (body) => ({ ...body, external_id: 'another' })),
    names: /used before[^]*status/,
  },
  {
    broken: 'another content type (`text/html`)',
    vendor: 'ibl',
    mutation: {
      answer: (answered, { url }) =>
        url.startsWith('/_mock')
          ? answered
          : { ...answered, headers: { ...answered.headers, 'content-type': 'text/html' } },
    },
    names: /content-type/i,
  },
  {
    broken: 'a seat is not taken',
    vendor: 'ibl',
    mutation: onSeatOrder((order) => ({ ...order, active: false })),
    names: /a seat for a user[^]*\$\.active[^]*expected +true[^]*actual +false/,
  },
  {
    broken: 'a seat is not freed',
    vendor: 'ibl',
    mutation: onSeatOrder((order) => omit(order, 'active')),
    names: /a seat that is made inactive[^]*\$\.active[^]*expected +false[^]*actual +true/,
  },
  {
    broken: 'more seats than were bought',
    vendor: 'ibl',
    mutation: {
      answer: (answered) =>
        answered.body.includes('Not enough free seats') ? { ...answered, status: 200 } : answered,
    },
    names:
      /a seat of a full license[^]*status[^]*expected +400[^]*actual +200[^]*a group that is too large[^]*status/,
  },
  {
    broken: 'a limit below the seats in use',
    vendor: 'ibl',
    mutation: onSent(`${ROOT}update/`, (body) => ({ ...body, count: 150 })),
    names: /fewer seats than are held[^]*status[^]*expected +400[^]*actual +200/,
  },
  {
    broken: 'a wrong count (one member too few has a seat)',
    vendor: 'ibl',
    mutation: {
      answer: (answered) => ({
        ...answered,
        body: answered.body.replaceAll('"assigned_count":3', '"assigned_count":2'),
      }),
    },
    names: /seats for a group[^]*\$\.assigned_count[^]*expected +3[^]*actual +2/,
  },
  {
    broken: 'a page of seats is lost (always the first one)',
    vendor: 'ibl',
    mutation: {
      ask: (asked) =>
        asked.url.startsWith(`${ROOT}assignment/`)
          ? { ...asked, url: asked.url.replace('page=2', 'page=1') }
          : asked,
    },
    names: /the second page of seats[^]*\$\.(next_page|previous_page|results)/,
  },
  {
    broken: 'a seat that was taken back is counted',
    vendor: 'ibl',
    mutation: onJson((body, { url }) =>
      url.startsWith(`${ROOT}assignment/`) && body['count'] === 0 ? { ...body, count: 1 } : body,
    ),
    names: /the seats of a license that nobody holds[^]*\$\.count[^]*expected +0[^]*actual +1/,
  },
  {
    broken: 'a seat that is gone is removed again',
    vendor: 'ibl',
    mutation: withStatus(404, 200),
    names: /the removal of a seat that is gone[^]*status[^]*expected +404[^]*actual +200/,
  },
  {
    broken: 'the role is not checked',
    vendor: 'ibl',
    mutation: {
      ask: (asked) =>
        asked.headers['authorization'] === 'Api-Token platform-admin'
          ? { ...asked, headers: { ...asked.headers, authorization: 'Api-Token dm-admin' } }
          : asked,
    },
    names: /by a platform admin[^]*status[^]*expected +403[^]*actual +200/,
  },
  {
    broken: 'no envelope around a license',
    vendor: 'thought-industries',
    mutation: onJson((body) => {
      const data = body['data'] as Fields | undefined;
      return data?.['CreateLicense'] ?? body;
    }),
    names: /missing the following keys: data/,
  },
  {
    broken: 'courses replace the client’s, unasked',
    vendor: 'thought-industries',
    mutation: onSent('/incoming', (body) => ({ ...body, replaceCourseIds: true })),
    names: /one more course[^]*client\.courseIds/,
  },
  {
    broken: 'courses are added where they are to replace',
    vendor: 'thought-industries',
    mutation: onSent('/incoming', (body) => omit(body, 'replaceCourseIds')),
    names: /replaces the others[^]*client\.courseIds/,
  },
  {
    broken: 'the parent of a license is forgotten',
    vendor: 'thought-industries',
    mutation: onSent('/incoming', (body) => omit(body, 'parentLicenseId')),
    names: /below another one[^]*parentLicenseId/,
  },
  {
    broken: 'a seat is not taken',
    vendor: 'thought-industries',
    mutation: onSent('/incoming/v2/users', (body) => omit(body, 'studentLicenseIds')),
    names: /a new learner with a seat[^]*allocatedLicenses/,
  },
  {
    broken: 'a seat is not freed',
    vendor: 'thought-industries',
    mutation: onSent('/incoming/v2/users', (body) => omit(body, 'replaceLicenseAccess')),
    names: /a learner who gives the seat back[^]*allocatedLicenses/,
  },
  {
    broken: 'more students than seats',
    vendor: 'thought-industries',
    mutation: onSent('/incoming/v2/users', ({ studentLicenseIds, ...body }) =>
      studentLicenseIds === undefined ? body : { ...body, managerLicenseIds: studentLicenseIds },
    ),
    names: /a new learner for a full license[^]*status[^]*expected +422[^]*actual +200/,
  },
  {
    broken: 'a limit below the seats in use',
    vendor: 'thought-industries',
    mutation: onSent('/incoming/v2/licenses/', (body) => ({ ...body, seatsLimit: 3 })),
    names: /fewer seats than are in use[^]*status[^]*expected +422[^]*actual +200/,
  },
  {
    broken: 'a wrong count (one used seat too many)',
    vendor: 'thought-industries',
    mutation: {
      answer: (answered) => ({
        ...answered,
        body: answered.body.replaceAll('"seatsUsedCount":1,', '"seatsUsedCount":2,'),
      }),
    },
    names: /a client with its seats[^]*seatsUsedCount[^]*expected +1[^]*actual +2/,
  },
  {
    broken: 'a page is lost (always the first one)',
    vendor: 'thought-industries',
    mutation: {
      ask: (asked) =>
        asked.url.startsWith('/incoming/v2/clients?')
          ? { ...asked, url: asked.url.replace('page=2', 'page=1') }
          : asked,
    },
    names: /the second page of clients[^]*currentPage/,
  },
  {
    broken: 'a license that is gone is deleted again',
    vendor: 'thought-industries',
    mutation: withStatus(404, 200),
    names: /a license that is gone[^]*status[^]*expected +404[^]*actual +200/,
  },
  {
    broken: 'a license that was deleted is counted',
    vendor: 'thought-industries',
    mutation: {
      answer: (answered) => ({
        ...answered,
        body: answered.body.replace('"total":0', '"total":1'),
      }),
    },
    names: /the licenses of a client without any[^]*total/,
  },
  {
    broken: 'the role of a user is not looked at',
    vendor: 'thought-industries',
    mutation: onSent('/incoming/v2/users', ({ managerLicenseIds, ...body }) =>
      managerLicenseIds === undefined ? body : { ...body, studentLicenseIds: managerLicenseIds },
    ),
    names: /a manager for a full license[^]*status[^]*expected +200[^]*actual +422/,
  },
  {
    broken: 'the bulk call stops at the first error',
    vendor: 'thought-industries',
    mutation: {
      answer: (answered) => ({
        ...answered,
        body: answered.body.replace('"updatedRecordCount":1', '"updatedRecordCount":0'),
      }),
    },
    names: /licenses for a learner and for nobody[^]*updatedRecordCount/,
  },
  {
    broken: 'wrong casing (`Errors` for `errors`)',
    vendor: 'alice',
    mutation: onJson(({ errors, ...rest }) =>
      errors === undefined ? rest : { ...rest, Errors: errors },
    ),
    names: /missing the following keys: errors/,
  },
  {
    broken: 'a field that the spec does not have (Pact allows it)',
    vendor: 'alice',
    mutation: onJson((body) => ('errors' in body ? { ...body, took: 12 } : body)),
    names: /violates the spec/,
  },
  {
    broken: 'broken rules in another order',
    vendor: 'alice',
    mutation: onJson((body) =>
      Array.isArray(body['errors']) ? { errors: body['errors'].toReversed() } : body,
    ),
    names: /errors\[0\]/,
  },
  {
    broken: 'JSON where XML was asked for',
    vendor: 'alice',
    mutation: {
      ask: (asked) => ({ ...asked, headers: { ...asked.headers, accept: 'application/json' } }),
    },
    names: /a license in XML[^]*content-type/i,
  },
  {
    broken: 'XML elements under other names',
    vendor: 'alice',
    mutation: {
      answer: (answered) => ({
        ...answered,
        body: answered.body.replaceAll(/(<\/?)errors/g, '$1Errors'),
      }),
    },
    names: /a license in XML[^]*errors/i,
  },
  {
    broken: 'a seat is not taken',
    vendor: 'alice',
    mutation: onAliceLicense((license) => ({ ...license, UserIds: [] })),
    names: /a license of the index[^]*UserIds/,
  },
  {
    broken: 'more users than seats',
    vendor: 'alice',
    mutation: onAccess({ IsValid: true, Message: null }),
    names: /when all seats are taken[^]*\$\.IsValid[^]*expected +false[^]*actual +true/,
  },
  {
    broken: 'a pause and an end make no difference',
    vendor: 'alice',
    mutation: onAccess({ IsValid: true, Message: null }, / (?:paused|ended)\./),
    names: /after the end[^]*\$\.IsValid[^]*during a pause[^]*\$\.IsValid/,
  },
  {
    broken: 'the role of a user is not checked',
    vendor: 'alice',
    mutation: onAccess({ IsValid: true, Message: null }, /has no license/),
    names: /a reader of another role asks[^]*\$\.IsValid/,
  },
  {
    broken: 'a wrong count (one seat too few is taken)',
    vendor: 'alice',
    mutation: {
      answer: (answered) => ({
        ...answered,
        body: answered.body.replace('"TakenSeats":12', '"TakenSeats":11'),
      }),
    },
    names: /the titles of a reader[^]*TakenSeats[^]*expected +12[^]*actual +11/,
  },
  {
    broken: 'a page is lost (always the first one)',
    vendor: 'alice',
    mutation: {
      ask: (asked) => ({
        ...asked,
        body: asked.body.replace('"PageIndex":1', '"PageIndex":0'),
      }),
    },
    names: /the second page of two[^]*Name/,
  },
  {
    broken: 'a license that was deleted is found',
    vendor: 'alice',
    mutation: onJson((body) => (body['Total'] === 0 ? { ...body, Total: 1 } : body)),
    names: /a license that was deleted[^]*\$\.Total/,
  },
  {
    broken: 'an update is not checked',
    vendor: 'alice',
    mutation: onJson((body, { method }) => (method === 'PUT' ? { errors: [] } : body)),
    names: /to end before it starts[^]*errors/,
  },
  {
    broken: 'an empty body',
    vendor: 'alice',
    mutation: {
      answer: (answered, { url }) =>
        url.startsWith('/_mock') ? answered : { ...answered, body: '' },
    },
    names: /body/i,
  },
];
