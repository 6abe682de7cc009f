import { expect, it, onTestFinished } from 'vitest';
import { followJournal } from '../../src/client/follow-journal.ts';
import { createSendCall } from '../../src/client/send-call.ts';
import { listLicenses } from '../support/ibl-client.ts';
import { startTestServer } from '../support/server.ts';

async function firstOf(url: string, after: string | undefined): Promise<string | undefined> {
  const ending = new AbortController();
  const send = createSendCall({ url });
  for await (const { id } of followJournal(send, 'default', { after, signal: ending.signal })) {
    ending.abort();
    return id;
  }
  return undefined;
}

it('starts after the last entry that its reader has, or with the first if it has none', async () => {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const first = (await listLicenses(server.url)).headers.get('x-mock-request-id') ?? 'none';
  const second = (await listLicenses(server.url)).headers.get('x-mock-request-id') ?? 'none';
  expect(await firstOf(server.url, undefined)).toBe(first);
  expect(await firstOf(server.url, first)).toBe(second);
});
