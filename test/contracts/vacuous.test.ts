/** Every way in which a verification could pass without saying anything: each has to fail, and say what to do. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVerifier } from '../../src/contracts/verifier.ts';
import { vendors } from '../../src/vendors/index.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { startMutatingProxy } from './mutating-proxy.ts';
import { LIST, listInteraction, pact, version } from './pacts.ts';
import { verifyContracts, writePact } from './verify-contracts.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** What the report says where it does not hold; `held` where it does. */
async function failureOf(content: unknown): Promise<string> {
  const { report, text } = await verifyContracts(
    { patterns: [writePact(content)] },
    { mockUrl: server.url },
  );
  return report.held ? 'held' : text;
}

it('holds a small pact, so that the failures below are their own', async () => {
  const file = writePact(pact([listInteraction()]));
  const { report, text } = await verifyContracts({ patterns: [file] }, { mockUrl: server.url });
  expect(report.held, text).toBe(true);
});

describe('a verification fails', () => {
  it('where no pact file is there', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-empty-'));
    for (const pattern of [folder, `${folder}/none.json`, `${folder}/*.json`]) {
      const { report, text } = await verifyContracts({ patterns: [pattern] });
      expect(report.held).toBe(false);
      expect(text).toContain('so nothing would be verified. Run the consumer tests');
    }
  });

  it('where one of several names leads to no file', async () => {
    const file = writePact(pact([listInteraction()]));
    const { report } = await verifyContracts(
      { patterns: [file, `${file}.gone`] },
      { mockUrl: server.url },
    );
    expect(report.rows).toHaveLength(1);
    expect(report.held).toBe(false);
  });

  it('for a pact without interactions', async () => {
    expect(await failureOf(pact([]))).toMatch(
      /It contains no interactions, so nothing would be verified/,
    );
  });

  it('for a file that is no pact, or no JSON', async () => {
    expect(await failureOf({ name: 'a package' })).toMatch(
      /It is not a Pact file: it has no consumer/,
    );
    expect(await failureOf('{')).toMatch(/It cannot be read as JSON/);
  });

  it('for a provider that is not a vendor', async () => {
    const names = vendors
      .map(({ name }) => name)
      .toSorted()
      .join(', ');
    expect(await failureOf(pact([listInteraction()], { provider: { name: 'iblai' } }))).toContain(
      `Its provider "iblai" is not a vendor. Use one of ${names}`,
    );
  });

  it('for a version of the format that is not known', async () => {
    expect(await failureOf(pact([listInteraction()], version('5.0')))).toMatch(
      /version 5 of Pact's format/,
    );
  });

  it('for a provider state that no scenario serves', async () => {
    expect(
      await failureOf(pact([listInteraction({ providerState: 'a program license is there' })])),
    ).toMatch(
      /No scenario defines the provider state "a program license is there"[^]*Nearest: "a program license exists"/,
    );
  });

  it('for a state parameter that nothing uses', async () => {
    expect(
      await failureOf(
        pact(
          [
            listInteraction({
              providerStates: [{ name: 'a program license exists', params: { externalID: 'a' } }],
            }),
          ],
          version('3.0.0'),
        ),
      ),
    ).toMatch(/Nothing in .*program-license.yaml uses the parameter \{externalID\}/);
  });

  it('for a state parameter of the wrong type', async () => {
    expect(
      await failureOf(
        pact(
          [
            listInteraction({
              providerStates: [{ name: 'a program license exists', params: { count: 'many' } }],
            }),
          ],
          version('3.0.0'),
        ),
      ),
    ).toMatch(/has an invalid value for the parameter \{count\}: "many" must be integer/);
  });

  it('for provider states that contradict each other', async () => {
    expect(
      await failureOf(
        pact(
          [
            listInteraction({
              providerStates: [
                { name: 'there are no program licenses' },
                { name: 'a program license exists' },
              ],
            }),
          ],
          version('3.0.0'),
        ),
      ),
    ).toMatch(
      /contradict each other: of ibl\.licenses, no-program-licenses says that there are none/,
    );
  });

  it('for an interaction that was not run', async () => {
    const { report, text } = await verifyContracts(
      { patterns: [writePact(pact([listInteraction()]))] },
      {
        mockUrl: server.url,
        startVerifier: () => startVerifier(path.join(import.meta.dirname, 'idle-verifier.ts')),
      },
    );
    expect(report.held).toBe(false);
    expect(text).toContain('It was not run: Pact sent no request for it.');
  });

  it('for an interaction marked as pending, which Pact lets fail', async () => {
    const wrong = {
      type: 'Synchronous/HTTP',
      pending: true,
      ...listInteraction({
        request: { method: 'GET', path: LIST },
      }),
    };
    expect(await failureOf(pact([wrong], version('4.0')))).toMatch(
      /status[^]*expected +200[^]*actual +401/,
    );
  });

  it('for message interactions, which are refused', async () => {
    const message = {
      type: 'Asynchronous/Messages',
      description: 'a license was bought',
      contents: { content: {}, contentType: 'application/json', encoded: false },
    };
    const mixed = pact(
      [{ type: 'Synchronous/HTTP', ...listInteraction() }, message],
      version('4.0'),
    );
    expect(await failureOf(mixed)).toMatch(
      /It contains 1 message interaction\. The vendors use only HTTP/,
    );
    expect(await failureOf({ ...pact([]), messages: [{}], interactions: undefined })).toMatch(
      /1 message/,
    );
  });

  it('for a filter that matches nothing', async () => {
    for (const filter of [{ only: 'nothing like it' }, { vendor: 'iblai' }]) {
      const { report, text } = await verifyContracts(filter, { mockUrl: server.url });
      expect(report.held).toBe(false);
      expect(text).toMatch(/matches none of \d+ interactions, so nothing would be verified/);
    }
  });

  it('for a contract that breaks the spec, though the mock holds it', async () => {
    const body = { count: 0, next_page: null, previous_page: null, results: [] };
    const response = { status: 200, body: { ...body, count: 'none' } };
    expect(await failureOf(pact([listInteraction({ response })]))).toMatch(/spec: response\.body/);
  });

  it('for an answer outside the spec, though the contract allows it', async () => {
    const proxy = await startMutatingProxy(server.url);
    proxy.mutate({
      answer: (answered, { url }) =>
        url.startsWith('/_mock') ? answered : { ...answered, body: '{"count":0}' },
    });
    const { report, text } = await verifyContracts(
      { patterns: [writePact(pact([listInteraction()]))] },
      { mockUrl: proxy.url },
    );
    proxy.stop();
    expect(report.held).toBe(false);
    expect(text).toContain("The mock's answer violates the spec");
  });

  it('under --fail-on warnings for what holds only because the vendor tolerates it', async () => {
    const request = {
      method: 'POST',
      path: `${LIST}create/`,
      headers: { Authorization: 'Api-Token dm-admin', 'Content-Type': 'application/json' },
      body: {
        platform_key: 'acme',
        program_key: 'bar',
        name: 'Spring',
        count: '7',
        started: '2026-01-15T09:00:00Z',
      },
    };
    const tolerated = pact([
      listInteraction({
        providerState: 'program bar is offered on platform acme',
        request,
        response: { status: 200 },
      }),
    ]);
    const patterns = [writePact(tolerated)];
    const lenient = await verifyContracts({ patterns }, { mockUrl: server.url });
    expect(lenient.text).toContain('body.count (warning) Holds because the vendor tolerates it');
    const strict = await verifyContracts(
      { patterns, failOnWarnings: true },
      { mockUrl: server.url },
    );
    expect(lenient.report.rows[0]?.mock.verdict).toBe('held');
    expect(strict.report.rows[0]?.mock.verdict).toBe('failed');
  });
});

describe('what cannot be judged', () => {
  it('is said, and is no pass', async () => {
    const response = { status: 404, body: 'nothing', headers: { 'Content-Type': 'text/plain' } };
    const nowhere = pact([
      listInteraction({ request: { method: 'GET', path: '/api/catalog/elsewhere/' }, response }),
    ]);
    const { report } = await verifyContracts(
      { patterns: [writePact(nowhere)] },
      { mockUrl: server.url },
    );
    expect(report.rows[0]?.spec.verdict).toBe('not judged');
  });
});

describe('a verification cannot run', () => {
  const patterns = [writePact(pact([listInteraction()]))];
  const program = (text: string): string => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'license-mock-program-')), 'run.mjs');
    writeFileSync(file, text);
    return file;
  };

  it('where the verifier crashes', async () => {
    const crashing = program("process.on('message', () => process.abort());");
    await expect(
      verifyContracts(
        { patterns },
        { mockUrl: server.url, startVerifier: () => startVerifier(crashing) },
      ),
    ).rejects.toThrow(/Pact's verifier ended \(SIG\w+\) before it returned a result/);
  });

  it('where the verifier takes too long', async () => {
    const silent = program("process.on('message', () => {});");
    await expect(
      verifyContracts(
        { patterns, timeoutMs: 1 },
        { mockUrl: server.url, startVerifier: () => startVerifier(silent) },
      ),
    ).rejects.toThrow(/gave no result in \d+ ms/);
  });

  it('where the mock takes too long', async () => {
    const proxy = await startMutatingProxy(server.url);
    const never = Promise.withResolvers<never>();
    proxy.mutate({ instead: ({ url }) => (url.startsWith('/_mock') ? undefined : never.promise) });
    await expect(
      verifyContracts({ patterns, timeoutMs: 500 }, { mockUrl: proxy.url }),
    ).rejects.toThrow(/Nothing could be verified|There was no answer/);
    proxy.stop();
  });

  it('where nobody answers at the mock', async () => {
    await expect(verifyContracts({ patterns }, { mockUrl: 'http://127.0.0.1:1' })).rejects.toThrow(
      /No license-mock answers at http:\/\/127\.0\.0\.1:1/,
    );
  });
});
