import { describe, expect, it } from 'vitest';
import { createContract, createListContract, genericName } from './data-contract.ts';
import { ARRAYS_NAMESPACE, SCHEMA_NAMESPACE } from './namespaces.ts';
import { readXmlReply } from './read-reply.ts';
import { writeContract } from './write-contract.ts';

const I = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';
const ns = (name: string) => `http://schemas.datacontract.org/2004/07/${name}`;

const seat = createContract({
  name: 'Seat',
  namespace: 'Shop.Seats',
  members: [
    { name: 'Row', kind: 'int' },
    { name: 'Tags', kind: 'values', item: 'string' },
  ],
});
const order = createContract({
  name: 'Order',
  namespace: 'Shop.Orders',
  members: [
    { name: 'Zone', kind: 'text', declaredIn: 'Shop.Core' },
    { name: 'Pages', kind: 'values', item: 'int', declaredIn: 'Shop.Core' },
    { name: 'IsPaid', kind: 'boolean' },
    { name: 'Best', kind: 'class', of: seat },
    { name: 'Seats', kind: 'list', of: seat },
    { name: 'ByName', kind: 'map', item: 'KeyValueOfstringSeat', of: seat },
    { name: 'Sorts', kind: 'map', item: 'KeyValueOfstringOrder', of: ['None', 'Up'] },
  ],
});
const value = {
  Zone: 'A',
  Pages: [1, 2],
  IsPaid: true,
  Best: { Row: 1, Tags: ['x', null] },
  Seats: [{ Row: null, Tags: null }],
  ByName: { one: { Row: 3, Tags: [] }, none: null },
  Sorts: { name: 1 },
};

describe('a class', () => {
  const text = writeContract(order, value);

  it('has the members of its base class first, each naming that namespace', () => {
    expect(text).toContain(
      `<Order ${I} xmlns="${ns('Shop.Orders')}"><Pages xmlns="${ns('Shop.Core')}" xmlns:d2p1="${ARRAYS_NAMESPACE}"><d2p1:int>1</d2p1:int><d2p1:int>2</d2p1:int></Pages><Zone xmlns="${ns('Shop.Core')}">A</Zone><Best `,
    );
  });

  it('declares a prefix for a class of another namespace, and one inside it for a list', () => {
    expect(text).toContain(
      `<Best xmlns:d2p1="${ns('Shop.Seats')}"><d2p1:Row>1</d2p1:Row><d2p1:Tags xmlns:d3p1="${ARRAYS_NAMESPACE}"><d3p1:string>x</d3p1:string><d3p1:string i:nil="true" /></d2p1:Tags></Best>`,
    );
    expect(text).toContain(
      `<Seats xmlns:d2p1="${ns('Shop.Seats')}"><d2p1:Seat><d2p1:Row i:nil="true" /><d2p1:Tags xmlns:d4p1="${ARRAYS_NAMESPACE}" i:nil="true" /></d2p1:Seat></Seats>`,
    );
  });

  it('has dictionaries of entries', () => {
    expect(text).toContain(
      `<ByName xmlns:d2p1="${ARRAYS_NAMESPACE}"><d2p1:KeyValueOfstringSeat><d2p1:Key>one</d2p1:Key><d2p1:Value xmlns:d4p1="${ns('Shop.Seats')}"><d4p1:Row>3</d4p1:Row>`,
    );
    expect(text).toContain('<d2p1:Key>name</d2p1:Key><d2p1:Value>Up</d2p1:Value>');
  });

  it('is read back as it was', () => {
    expect(readXmlReply(text, [order])).toEqual(value);
  });

  it('may be null where another one has it', () => {
    const nothing = Object.fromEntries(Object.keys(value).map((name) => [name, null]));
    expect(writeContract(order, nothing)).toContain(
      `<Seats xmlns:d2p1="${ns('Shop.Seats')}" i:nil="true" />`,
    );
  });
});

it('a list may be the whole answer', () => {
  const list = createListContract(seat);
  const text = writeContract(list, [{ Row: 1, Tags: null }]);
  expect(text).toMatch(/^<ArrayOfSeat [^>]*><Seat><Row>1<\/Row>/);
  expect(readXmlReply(text, [list])).toEqual([{ Row: 1, Tags: null }]);
});

describe('the name of a generic class', () => {
  const text = { namespace: SCHEMA_NAMESPACE, name: 'string' };

  it('has a digest of the namespaces of its parameters, as .NET makes it', () => {
    const texts = { namespace: ARRAYS_NAMESPACE, name: 'ArrayOfstring' };
    expect(genericName('KeyValue', [text, texts])).toBe('KeyValueOfstringArrayOfstringty7Ep6D1');
  });
  it('has none where they are built in', () => {
    const number = { namespace: SCHEMA_NAMESPACE, name: 'int' };
    expect(genericName('KeyValue', [text, number])).toBe('KeyValueOfstringint');
  });
});
