import { expect, it } from 'vitest';
import { readMultipart } from './read-multipart.ts';

const TYPE = 'multipart/form-data; boundary=x';
const read = (body: string, type = TYPE) => readMultipart(Buffer.from(body), type, 'utf8');
const part = (header: string, value: string) => `--x\r\n${header}\r\n\r\n${value}\r\n`;
const named = (name: string, value: string) =>
  part(`Content-Disposition: form-data; name="${name}"`, value);

it('reads fields in their order, and says which are files', () => {
  const file = part('content-disposition: form-data; name=a; filename="a;b.txt"', 'text');
  expect(read(`${named('name', 'é\r\n')}${file}${named('name', '')}--x--\r\n`)).toEqual({
    fields: [
      ['name', 'é\r\n'],
      ['a', undefined],
      ['name', ''],
    ],
  });
});

it('keeps the end of a body that lacks its last boundary', () => {
  expect(read(named('name', 'a'))).toEqual({ fields: [['name', 'a\r\n']] });
});

it('ignores what names no field', () => {
  const nameless = part('Content-Disposition: form-data', 'a') + part('Content-Type: a', 'b');
  expect(read(`before${nameless}--x--`)).toEqual({ fields: [] });
});

it('takes a file for sent once something follows it', () => {
  const file = part('Content-Disposition: form-data; name=a; filename=b', 'text');
  expect(read(`${file}--x--`)).toEqual({ fields: [['a', undefined]] });
  expect(read(file)).toEqual({ fields: [] });
  expect(read(`${file}--x`)).toEqual({ fields: [] });
});

it('takes no file whose name is only a folder', () => {
  const file = (name: string) =>
    part(`Content-Disposition: form-data; name=a; filename="${name}"`, 'text');
  expect(read(`${file('a/..')}${file('a/')}${file('.')}--x--`)).toEqual({ fields: [] });
});

it('takes a header that is too long for data', () => {
  const header = (padding: number) =>
    `Content-Disposition: form-data; name="a"\r\nX: ${'x'.repeat(padding)}`;
  const longest = 1024 - '\r\n'.length - header(0).length - '\r\n\r\n'.length;
  expect(read(`${part(header(longest), 'b')}--x--`)).toEqual({ fields: [['a', 'b']] });
  expect(read(`${part(header(longest + 1), 'b')}--x--`)).toEqual({ fields: [] });
});

it('refuses a file that is not in its encoding', () => {
  const header =
    'Content-Disposition: form-data; name=a; filename=b\r\nContent-Transfer-Encoding: base64';
  expect(read(`${part(header, 'w6k=')}--x--`)).toEqual({ fields: [['a', undefined]] });
  expect(read(`${part(header, 'w6k')}--x--`)).toEqual({ fault: 'Could not decode base64 data.' });
});

it('decodes base64', () => {
  const header = 'Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64';
  expect(read(`${part(header, 'w6k=')}--x--`)).toEqual({ fields: [['a', 'é']] });
  expect(read(`${part(header, 'w6k')}--x--`)).toEqual({ fields: [['a', 'w6k']] });
  expect(read(`${part(header, 'w-6k=w')}--x--`)).toEqual({ fields: [['a', 'é']] });
});

/** Recorded from Django 3.2. */
it.each([
  ['multipart/form-data', 'Invalid boundary in multipart: None'],
  ['multipart/form-data; boundary="x "', 'Invalid boundary in multipart: x '],
  ['Multipart/form-data; boundary=x', 'Invalid Content-Type: Multipart/form-data; boundary=x'],
  [
    'multipart/form-data; boundary=é',
    'Invalid non-ASCII Content-Type in multipart: multipart/form-data; boundary=é',
  ],
])('%s is refused', (type, fault) => {
  expect(read('', type)).toEqual({ fault });
});

it('is bounded', () => {
  expect(read(`${named('a', '').repeat(1001)}--x--\r\n`)).toBe('too-many-fields');
  expect(read(`${named('a', '').repeat(1000)}--x--\r\n`)).toHaveProperty('fields.length', 1000);
});
