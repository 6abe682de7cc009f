/** The expected results were recorded from the DataContractSerializer with Web API's settings. */
import { describe, expect, it } from 'vitest';
import { licenseRequest } from '../../../vendors/alice/license-request.ts';
import { bindModel } from '../bind-model.ts';
import { decodeXml } from './decode-xml.ts';
import { ARRAYS_NAMESPACE, contractNamespace, INSTANCE_NAMESPACE } from './namespaces.ts';

const REQUEST_NAMESPACE = contractNamespace(licenseRequest.namespace);
const GUID = '6caf4af1-626c-409c-831b-9bc40b09967b';
const NAMESPACES = `xmlns="${REQUEST_NAMESPACE}" xmlns:i="${INSTANCE_NAMESPACE}" xmlns:a="${ARRAYS_NAMESPACE}"`;

function wrap(content: string): string {
  return `<LicenseRequest ${NAMESPACES}>${content}</LicenseRequest>`;
}

function read(document: string) {
  const decoded = decodeXml(document, 'utf-8', licenseRequest);
  const { body, unbound } = bindModel(decoded.body, 'xml', licenseRequest);
  const isRefused = decoded.faults.length > 0 || unbound.length > 0;
  return { body: isRefused ? 'refused' : body, tolerated: decoded.tolerated };
}

it.each([
  ['<Name>abc</Name>', { Name: 'abc' }],
  ['<Name></Name>', { Name: '' }],
  ['<Name/>', { Name: '' }],
  ['<Name> a&amp;b\n</Name>', { Name: ' a&b\n' }],
  ['<Name>a<![CDATA[<x>&]]>b<!-- c -->c</Name>', { Name: 'a<x>&bc' }],
  ['<Name>&#233;&#x1F600;</Name>', { Name: 'é😀' }],
  ['<Name i:nil="true"/>', { Name: null }],
  ['<Name i:nil=" 1 ">x</Name>', { Name: null }],
  ['<Buffer i:nil="false">5</Buffer>', { Buffer: 5 }],
  ['<LicenseType>\n4\t</LicenseType>', { LicenseType: 4 }],
  ['<LicenseType><!-- c -->4<![CDATA[2]]></LicenseType>', { LicenseType: 42 }],
  ['<LicenseType foo="1" i:type="x">+5</LicenseType>', { LicenseType: 5 }],
  [`<OwnerId> {${GUID.toUpperCase()}} </OwnerId>`, { OwnerId: GUID }],
  ['<StartDate>2026-03-02</StartDate>', { StartDate: '2026-03-02T00:00:00-00:00' }],
  [
    '<Isbns><a:string>1</a:string><a:string i:nil="true"/><a:string/></Isbns>',
    { Isbns: ['1', null, ''] },
  ],
  [`<Isbns xmlns:q="${ARRAYS_NAMESPACE}"><q:string> x </q:string></Isbns>`, { Isbns: [' x '] }],
  [`<Isbns><string xmlns="${ARRAYS_NAMESPACE}">1</string></Isbns>`, { Isbns: ['1'] }],
  [
    `<SeatUserGroupIds> <a:guid> ${GUID} </a:guid> </SeatUserGroupIds>`,
    { SeatUserGroupIds: [GUID] },
  ],
  ['<Isbns/>', { Isbns: [] }],
  ['<Isbns i:nil="true"><a:string>1</a:string></Isbns>', { Isbns: null }],
  ['<!-- c --> <Name>n</Name>', { Name: 'n' }],
])('reads %s', (content, body) => {
  expect(read(wrap(content))).toEqual({ body, tolerated: [] });
});

it.each([
  [
    'any prefix',
    `<x:LicenseRequest xmlns:x="${REQUEST_NAMESPACE}"><x:Name>n</x:Name></x:LicenseRequest>`,
  ],
  ['a declaration', `<?xml version="1.0" encoding="UTF-8"?>${wrap('<Name>n</Name>')}`],
  ['space and comments around', ` \n<!-- c -->${wrap('<Name>n</Name>')}<!-- d -->\n`],
  ['its own type', wrap('<Name>n</Name>').replace('>', ' i:type="LicenseRequest">')],
  ['other attributes', wrap('<Name>n</Name>').replace('>', ' foo="1">')],
])('takes %s', (_, document) => expect(read(document).body).toEqual({ Name: 'n' }));

describe('ALICE-XML-ORDER', () => {
  it.each([
    [
      '<Name>n</Name><AvailableSeats>3</AvailableSeats><OwnerId i:nil="false">' +
        GUID +
        '</OwnerId>',
      { Name: 'n', OwnerId: GUID },
      ['AvailableSeats'],
    ],
    ['<Name>a</Name><Name>b</Name>', { Name: 'a' }, ['Name']],
    ['<Name>z</Name><AvailableSeats>bad</AvailableSeats>', { Name: 'z' }, ['AvailableSeats']],
    ['<Unknown><deep><x/></deep>t</Unknown><Name>n</Name>', { Name: 'n' }, ['Unknown']],
    ['<name>n</name>', {}, ['name']],
    ['<Name xmlns="">n</Name>', {}, ['Name']],
    ['<Isbns><string>1</string></Isbns>', { Isbns: [] }, ['Isbns', 0]],
    ['<Isbns><a:foo>1</a:foo><a:string>2</a:string></Isbns>', { Isbns: ['2'] }, ['Isbns', 0]],
    [
      '<SeatUserGroupIds><a:string>x</a:string></SeatUserGroupIds>',
      { SeatUserGroupIds: [] },
      ['SeatUserGroupIds', 0],
    ],
  ])(
    'ALICE-XML-ORDER: of %s something is dropped, with a warning that names it',
    (content, body, path) => {
      const found = read(wrap(content));
      expect(found.body).toEqual(body);
      expect(found.tolerated).toMatchObject([{ path, keyword: 'additionalProperties' }]);
      expect(found.tolerated[0]?.message).toMatch(/^"\w+" .*; the vendor ignores it\.$/);
    },
  );
});

describe('ALICE-XML-READER', () => {
  it.each([
    '<LicenseType>4.7</LicenseType>',
    '<LicenseType/>',
    '<LicenseType i:nil="true"/>',
    '<LicenseType>4<x/></LicenseType>',
    '<Buffer></Buffer>',
    '<Buffer i:nil="maybe">5</Buffer>',
    '<OwnerId>xyz</OwnerId>',
    '<StartDate>soon</StartDate>',
    '<Name><x/></Name>',
    '<Name>&foo;</Name>',
    '<Name>&#0;</Name>',
    '<Name>n</Nam>',
    '<p:Name>n</p:Name>',
    '<Name a="1" a="2">n</Name>',
    '<Name>n',
    'text<Name>n</Name>',
    '<![CDATA[text]]><Name>n</Name>',
    '<Name>n</Name><?pi?>',
    '<Isbns>text</Isbns>',
    '<Isbns><a:string><b/></a:string></Isbns>',
    '<SeatUserGroupIds><a:guid i:nil="true"/></SeatUserGroupIds>',
    '<SeatUserGroupIds><a:guid/></SeatUserGroupIds>',
  ])('ALICE-XML-READER: %s is refused', (content) => {
    expect(read(wrap(content)).body).toBe('refused');
  });

  it.each([
    ['another root', '<Foo/>'],
    ['another namespace', '<LicenseRequest xmlns="other"/>'],
    ['no namespace', '<LicenseRequest/>'],
    ['another type', wrap('').replace('>', ' i:type="Other">')],
    ['a document type', `<!DOCTYPE LicenseRequest>${wrap('')}`],
    ['an entity', `<!DOCTYPE LicenseRequest [<!ENTITY e "v">]>${wrap('<Name>&e;</Name>')}`],
    ['an instruction', `<?pi x?>${wrap('')}`],
    ['another version', `<?xml version="1.1"?>${wrap('')}`],
    ['another encoding', `<?xml version="1.0" encoding="iso-8859-1"?>${wrap('')}`],
    ['a late declaration', ` <?xml version="1.0"?>${wrap('')}`],
    ['two roots', `${wrap('')}<x/>`],
    ['text behind', `${wrap('')}text`],
    ['no XML', 'x'],
    ['nothing but space', ' '],
  ])('ALICE-XML-READER: %s is refused', (_, document) => {
    expect(read(document).body).toBe('refused');
  });
});

describe('ALICE-DEPTH', () => {
  const nested = (levels: number) =>
    wrap(`<Unknown>${'<x>'.repeat(levels)}${'</x>'.repeat(levels)}</Unknown>`);

  it('ALICE-DEPTH: 255 levels are read, 257 and more are refused', () => {
    expect(read(nested(253)).body).toEqual({});
    expect(read(nested(255)).body).toBe('refused');
    expect(read(nested(50_000)).body).toBe('refused');
  });
});

it('reads a root that is nil as nothing', () => {
  expect(
    decodeXml(wrap('').replace('>', ' i:nil="true">'), 'utf-8', licenseRequest).body,
  ).toBeNull();
});
