/** Bodies in parts, right and wrong. */
import fc from 'fast-check';
import { mostly } from './values.ts';

const TYPES = mostly(
  fc.constantFrom('multipart/form-data; boundary=x', 'multipart/form-data; boundary="x"'),
  fc.constantFrom(
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=é',
    'multipart/form-data; boundary="x "',
    'multipart/form-data; boundary=y',
    'multipart/form-data; charset=latin-1; boundary=x',
    'multipart/form-data; charset=us-ascii; boundary=x',
    'Multipart/Form-Data; boundary=x',
    'multipart/form-data;BOUNDARY=x;a="b;c"',
    'multipart/*; boundary=x',
  ),
);
const DISPOSITIONS = mostly(
  fc.constant((name: string) => `Content-Disposition: form-data; name="${name}"`),
  fc.constantFrom(
    (name: string) => `content-disposition:form-data;name=${name}`,
    (name: string) => `Content-Disposition: form-data; name="${name}"; filename=""`,
    (name: string) => `Content-Disposition: form-data; name="${name}"; filename="a;b.txt"`,
    (name: string) => `Content-Disposition: form-data; name="${name}"; filename="a/.."`,
    (name: string) => `Content-Disposition: form-data; name=" ${name} "; a`,
    (name: string) => `Content-Disposition: form-data; name="${name}"\r\nX: ${'x'.repeat(950)}`,
    (name: string) => `Content-Disposition: form-data; name="${name}"\r\nX: ${'x'.repeat(1000)}`,
    (name: string) => `Content-Type: text/plain\r\nContent-Disposition: x; NAME="${name}"`,
    (name: string) => `x\r\nContent-Disposition: form-data; name="\\"${name}"`,
    () => 'Content-Disposition: form-data',
    () => 'Content-Type: text/plain',
    () => '',
  ),
);
type Encoding = { readonly header: string; encode(text: string): string };
const asIs = (text: string) => text;
const ENCODINGS = mostly<Encoding>(
  fc.constant({ header: '', encode: asIs }),
  fc.constantFrom(
    {
      header: '\r\nContent-Transfer-Encoding: base64',
      encode: (text: string) => Buffer.from(text).toString('base64'),
    },
    { header: '\r\nContent-Transfer-Encoding: base64', encode: asIs },
    { header: '\r\nContent-Transfer-Encoding: 8bit', encode: asIs },
  ),
);

type Fields = readonly (readonly [name: string, text: string])[];

/** Names that quotes or line breaks would cut short are left out. */
export const inParts = (fields: fc.Arbitrary<Fields>) =>
  fc.record({
    type: TYPES,
    body: fc
      .tuple(
        fields.chain((all) =>
          fc.tuple(
            ...all.map(([name, text]) =>
              fc.tuple(fc.constant(name), fc.constant(text), DISPOSITIONS, ENCODINGS),
            ),
          ),
        ),
        mostly(
          fc.constant('\r\n--x--\r\n'),
          fc.constantFrom('\r\n--x', '\r\n--x--', '\n--x--', ''),
        ),
        mostly(
          fc.constant('--x\r\n'),
          fc.constantFrom('preamble\r\n--x\r\n', '\r\n--x\r\n', '--x'),
        ),
      )
      .map(([parts, end, start]) => {
        const texts = parts.map(
          ([name, text, disposition, { header, encode }]) =>
            `${disposition(name.toWellFormed())}${header}\r\n\r\n${encode(text).toWellFormed()}`,
        );
        return Buffer.from(`${start}${texts.join('\r\n--x\r\n')}${end}`);
      }),
  });
