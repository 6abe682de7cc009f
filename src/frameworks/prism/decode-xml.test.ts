import { describe, expect, it } from 'vitest';
import type { Schema } from '../../openapi/operation.ts';
import { decodeXml } from './decode-xml.ts';

const schema = {
  type: 'object',
  properties: {
    id: { type: 'integer', xml: { attribute: true } },
    open: { type: 'boolean' },
    tag: { type: 'array', items: { type: 'string' } },
    lines: {
      type: 'array',
      xml: { wrapped: true, name: 'Lines' },
      items: { type: 'object', properties: { price: { type: 'number' } } },
    },
  },
} as Schema;

describe('XML', () => {
  it.each([
    ['<o id="1"><open>true</open></o>', { id: 1, open: true }],
    ['<x:o xmlns:x="urn:x"><x:open>maybe</x:open></x:o>', { open: 'maybe' }],
    ['<o><tag>a</tag></o>', { tag: ['a'] }],
    ['<o><tag>a</tag><tag>b &amp; <![CDATA[<c>]]></tag></o>', { tag: ['a', 'b & <c>'] }],
    ['<o><Lines><l><price>1.5</price></l><l/></Lines></o>', { lines: [{ price: 1.5 }, {}] }],
    ['<o/>', {}],
    ['<o><open>true</open><open>false</open></o>', { open: [true, false] }],
  ])('%s is what its schema describes', (text, value) => {
    expect(decodeXml(text, schema)).toEqual(value);
  });

  it('that is not well-formed or too deep is refused', () => {
    expect(() => decodeXml('<a><b></a>', schema)).toThrow('unexpected close tag');
    expect(() => decodeXml('', schema)).toThrow('must contain a root element');
    expect(() => decodeXml('<a>'.repeat(300) + '</a>'.repeat(300), schema)).toThrow('deeper');
  });
});
