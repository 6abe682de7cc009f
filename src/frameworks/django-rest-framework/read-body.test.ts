import { describe, expect, it } from 'vitest';
import { requestOf, routeOf } from '../../../test/support/ibl-world.ts';
import { readBody } from './read-body.ts';

describe('a form', () => {
  const read = (body: string) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { operation } = routeOf('createProgramLicense');
    return readBody(requestOf({ body, headers }), operation.body ?? {});
  };
  it('IBL-FORM-FIELDS: has what texts stand for', () => {
    const form =
      'count=3&active=true&name=n&expired=&external_id=&source=&program_key=&metadata=x&metadata.a=1';
    expect(read(form)).toHaveProperty('value', {
      count: 3,
      active: true,
      name: 'n',
      metadata: {},
      enrollment_config: {},
      expired: null,
      external_id: null,
      program_key: '',
      'metadata.a': '1',
    });
  });
  it('has the last of several, and is read as Latin-1 where it is no UTF-8', () => {
    expect(read('active=1&name=a&name=b')).toMatchObject({ value: { active: '1', name: 'b' } });
    expect(read('active=1&name=%C3%A9')).toMatchObject({ value: { active: '1', name: 'é' } });
  });
  it('is bounded', () => {
    expect(read('a&'.repeat(1001))).toBe('too-many-fields');
  });
});
