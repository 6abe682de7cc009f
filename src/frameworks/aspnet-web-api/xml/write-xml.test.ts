import { expect, it } from 'vitest';
import { encodeName, escapeText, writeError } from './write-xml.ts';

it.each([
  ['a & <b> "c" \'d\'\te', 'a &amp; &lt;b&gt; "c" \'d\'\te'],
  ['a\0b\u0001\uffff', 'a&#x0;b&#x1;&#xFFFF;'],
  ['😀\ud83d', '😀\ufffd'],
])('escapes %j', (text, escaped) => expect(escapeText(text)).toBe(escaped));

it('ALICE-XML-LINE-BREAKS: every line break becomes that of Windows', () => {
  expect(escapeText('a\nb\r\nc\rd')).toBe('a\r\nb\r\nc\r\nd');
});

it.each([
  ['<PropertyName>k__BackingField', '_x003C_PropertyName_x003E_k__BackingField'],
  ['request.SeatUserGroupIds[0]', 'request.SeatUserGroupIds_x005B_0_x005D_'],
  ["request['a b']", 'request_x005B__x0027_a_x0020_b_x0027__x005D_'],
  ['1a', '_x0031_a'],
  ['a_x0041_', 'a_x005F_x0041_'],
  ['a_b', 'a_b'],
  ['😀', '_x0001F600_'],
])('encodes the name %s', (name, encoded) => expect(encodeName(name)).toBe(encoded));

it('writes an error with a list as one text', () => {
  const error = {
    Message: 'm',
    ModelState: { 'request.Name': ['a', 'b'], request: ['<'] },
    MessageDetail: '',
  };
  expect(writeError(error)).toBe(
    '<Error><Message>m</Message><ModelState><request.Name>a b</request.Name><request>&lt;</request></ModelState><MessageDetail></MessageDetail></Error>',
  );
});
