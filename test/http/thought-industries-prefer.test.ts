/** Every documented status and example of every operation can be asked for, in the vendor's form. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSpecs } from '../../src/parts.ts';
import { vendors } from '../../src/vendors/index.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { KEY, newLicense, post, send, warningsOf } from '../support/thought-industries-client.ts';

const served = await serveSpecs({ specs: undefined }, vendors);
const spec = served.find(({ vendor }) => vendor.name === 'thought-industries')?.spec;

type Example = { readonly key: string };
type Media = { readonly examples?: readonly Example[] };
type Documented = { readonly code: string; readonly contents?: readonly Media[] };

/** As Prism has the operation: references are resolved. */
const operations = (spec?.operations ?? []).map(({ operation, prism }) => {
  const request = prism.request as
    | {
        readonly path?: readonly { readonly name: string; readonly examples?: readonly object[] }[];
        readonly body?: {
          readonly contents?: readonly { readonly examples?: readonly object[] }[];
        };
      }
    | undefined;
  const first = (examples: readonly object[] = []) =>
    (examples[0] as { readonly value?: unknown } | undefined)?.value;
  const id = String(first(request?.path?.[0]?.examples));
  const body = first(request?.body?.contents?.[0]?.examples);
  return {
    name: operation.id,
    path: operation.path.replace('{id}', id),
    init: {
      method: operation.method,
      headers: { ...KEY, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
    responses: prism.responses as readonly Documented[],
  };
});

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(operations)('Prefer at $name', ({ path, init, responses }) => {
  const ask = (prefer: string) =>
    send(server, path, { ...init, headers: { ...init.headers, prefer } });

  it.each(responses.map(({ code }) => code))('code=%s', async (status) => {
    expect((await ask(`code=${status}`)).status).toBe(Number(status));
    const [first, second] = [
      await ask(`code=${status}, dynamic=true`),
      await ask(`code=${status}, dynamic=true`),
    ];
    expect(first.status).toBe(Number(status));
    expect(second.text).toBe(first.text);
  });

  const examples = responses.flatMap(({ code, contents }) =>
    (contents?.[0]?.examples ?? []).map(({ key }): [string, string] => [code, key]),
  );
  it.each(examples)('code=%s, example=%s', async (status, name) => {
    const answer = await ask(`code=${status}, example=${name}`);
    expect(answer.status).toBe(Number(status));
    expect(answer.body).toBeDefined();
  });
});

it('Prefer stores nothing', async () => {
  const license = newLicense();
  await post(server, license, { prefer: 'code=200' });
  expect(warningsOf(await post(server, license))).toBe(1);
});
