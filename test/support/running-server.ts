/** Uses a sandbox on a running server instead of a new server, for tests of a container. */
import { parse } from 'yaml';
import type { TestServer, TestServerOptions } from './test-server.ts';

let count = 0;

/** Refuses options that only the start of a server can set. */
export async function useRunningServer(
  base: string,
  { scenario = 'empty', settings, profile, clock, ...others }: TestServerOptions,
): Promise<TestServer> {
  const [unable] = Object.keys(others);
  if (unable !== undefined) throw new Error(`A running server cannot be told "${unable}".`);
  count += 1;
  const sandbox = `${base}/_mock/sandboxes/test-${process.pid}-${count}`;
  const start = { settings, profile, clock };
  if (scenario.includes('\n')) {
    // A state that is imported says all: what it is to be started with is part of it.
    await call('PUT', sandbox, { scenario: 'empty' });
    await call('PUT', `${sandbox}/state`, { ...(parse(scenario) as object), ...start });
  } else {
    await call('PUT', sandbox, { scenario, ...start });
  }
  return {
    url: `${base}/_sandbox/${sandbox.split('/').at(-1)}`,
    stop: () => call('DELETE', sandbox),
  };
}

async function call(method: string, url: string, body?: object): Promise<void> {
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${process.env['LICENSE_MOCK_TEST_TOKEN'] ?? ''}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
}
