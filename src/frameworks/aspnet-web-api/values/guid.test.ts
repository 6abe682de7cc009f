import { expect, it } from 'vitest';
import { parseGuid } from './guid.ts';

const GUID = '6caf4af1-626c-409c-831b-9bc40b09967b';

it.each([
  GUID,
  ` ${GUID.toUpperCase()} `,
  '6caf4af1626c409c831b9bc40b09967b',
  `{${GUID}}`,
  `(${GUID})`,
  '{0x6caf4af1,0x626c,0x409c,{0x83,0x1b,0x9b,0xc4,0x0b,0x09,0x96,0x7b}}',
])('reads %s', (text) => expect(parseGuid(text)).toBe(GUID));

it.each([
  '',
  'xyz',
  GUID.slice(1),
  `${GUID}x`,
  '{6caf4af1626c409c831b9bc40b09967b}',
  '6caf4af1-626c-409c-831b9bc40b09967b',
  `{${GUID})`,
  `urn:uuid:${GUID}`,
])('refuses %s', (text) => expect(parseGuid(text)).toBeUndefined());
