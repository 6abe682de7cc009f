/** For each ledger row that was executed, a request whose answer it shapes. */
import type { Sent } from './requests.ts';

const BASE = '/api/catalog/licenses/program/';
const GOOD = {
  platform_key: 'acme',
  program_key: 'p1',
  name: 'Spring',
  count: 10,
  started: '2023-06-15T14:30:00Z',
};

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Sent => ({
  method,
  path: `${BASE}${path}`,
  headers: { authorization: 'Api-Token adm', ...headers },
  body: Buffer.alloc(0),
});
const post = (body: string, type = 'application/json'): Sent => ({
  ...get('create/', { 'content-type': type }, 'POST'),
  body: Buffer.from(body),
});
const create = (fields: object) => post(JSON.stringify({ ...GOOD, ...fields }));
const withMetadata = (json: string) =>
  post(JSON.stringify({ ...GOOD, metadata: {} }).replace('{}', json));

export const examples: Readonly<Record<string, Sent>> = {
  'IBL-CHARSET': post(
    JSON.stringify({ ...GOOD, name: 'é' }),
    'application/json; charset=iso-8859-1',
  ),
  'IBL-COERCIONS': create({ count: ' ٧.0 ', active: 'yes', source: 5, name: ' a ' }),
  'IBL-DJANGO': create({ started: '2023-06-15' }),
  'IBL-FORM-FIELDS': post(
    `${new URLSearchParams({ ...GOOD, count: '3' })}&expired=&metadata=%7B%22a%22%3A1%7D`,
    'application/x-www-form-urlencoded',
  ),
  'IBL-FORMAT-PARAM': get('?format=xml'),
  'IBL-INDENT': get('?page_size=1', { accept: 'application/json; indent=3' }),
  'IBL-JSON-DEPTH': withMetadata(`{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`),
  'IBL-MULTIPART': post(
    Object.entries({ ...GOOD, count: '3' })
      .map(
        ([name, value]) =>
          `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      )
      .join('') + '--x--\r\n',
    'multipart/form-data; boundary=x',
  ),
  'IBL-NUMBERS': withMetadata('{"a":1E400}'),
  'IBL-OPTIONS': get('create/', {}, 'OPTIONS'),
  'IBL-PAGE-SIZE-LIMITS': get('?page_size=1000'),
  'IBL-REPEATED-PARAMETERS': get('?page_size=2&page_size=1'),
  'IBL-TEXT-CHARACTERS': create({ name: 'a\u0000\ud800' }),
  'IBL-TOO-MANY-FIELDS': get(`?${'a=1&'.repeat(1001)}`),
  'IBL-TRAILING-SLASH': get('create', {}, 'POST'),
  'IBL-UNKNOWN-FIELDS': create({ colour: 'red' }),
};
