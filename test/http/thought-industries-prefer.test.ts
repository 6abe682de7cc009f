/** Every documented status and example can be asked for, in the vendor's form. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startTestServer, type TestServer } from '../support/server.ts';
import { newLicense, post, warningsOf } from '../support/thought-industries-client.ts';

const document = parse(
  readFileSync(`${import.meta.dirname}/../../specs/thought-industries.yaml`, 'utf8'),
);
type Documented = { content?: { 'application/json': { examples: Record<string, unknown> } } };
const responses = Object.entries<Documented>(
  document.paths['/incoming/v2/licenses'].post.responses,
);
const examples = responses.flatMap(([status, { content }]) =>
  Object.keys(content?.['application/json'].examples ?? {}).map((name) => [status, name]),
);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe('Prefer', () => {
  it.each(responses.map(([status]) => status))('code=%s', async (status) => {
    const answer = await post(server, newLicense(), { prefer: `code=${status}` });
    expect(answer.status).toBe(Number(status));
  });

  it.each(examples)('code=%s, example=%s', async (status, name) => {
    const prefer = `code=${status}, example=${name}`;
    const answer = await post(server, newLicense(), { prefer });
    expect(answer.status).toBe(Number(status));
    expect(answer.body).toBeDefined();
  });

  it.each(responses.map(([status]) => status))('code=%s, dynamic=true', async (status) => {
    const prefer = `code=${status}, dynamic=true`;
    const [first, second] = [
      await post(server, newLicense(), { prefer }),
      await post(server, newLicense(), { prefer }),
    ];
    expect(first.status).toBe(Number(status));
    expect(second.text).toBe(first.text);
  });

  it('stores nothing', async () => {
    const license = newLicense();
    await post(server, license, { prefer: 'code=200' });
    expect(warningsOf(await post(server, license))).toBe(1);
  });
});
