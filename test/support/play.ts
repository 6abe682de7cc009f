/** Plays random operations in a fresh sandbox. What comes of it depends on nothing else. */
import { control } from './control-client.ts';
import { performAll, readAll, type Operation } from './random-operations.ts';

const start = { clock: '2026-01-01T00:00:00Z' };

/** What was answered, and what is then there. `body` adds to how the sandbox is started. */
export async function play(url: string, sandbox: string, list: readonly Operation[], body = {}) {
  await control(url, `PUT /sandboxes/${sandbox}`, { ...start, ...body });
  const answers = await performAll(url, sandbox, list);
  return inOrder({ answers, all: await readAll(url, sandbox) });
}

/**
 * Request ids, numbered in the order of the answers: replicas take the numbers of requests in blocks. A reset counts
 * from 1 again, so the last answer with an id is the one that the journal has.
 */
function inOrder({ answers, all }: { readonly answers: readonly string[]; readonly all: string }) {
  const ids = answers.map((answer) => answer.match(REQUEST_ID)?.[0]);
  return {
    answers: answers.map((answer, at) => answer.replaceAll(REQUEST_ID, `REQUEST-${at}`)),
    all: all.replaceAll(REQUEST_ID, (id) => `REQUEST-${ids.lastIndexOf(id)}`),
  };
}

/** The sandbox's name is left out of what is compared. */
const REQUEST_ID = /\bSANDBOX-\d+\b/g;
