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
 * Request ids, numbered in the order in which they were answered: replicas take the numbers of requests in blocks.
 */
function inOrder(played: { readonly answers: readonly string[]; readonly all: string }) {
  const known = [...new Set(played.answers.flatMap((answer) => answer.match(REQUEST_ID) ?? []))];
  const renumber = (text: string) =>
    text.replaceAll(REQUEST_ID, (id) => `REQUEST-${known.indexOf(id) + 1}`);
  return { answers: played.answers.map(renumber), all: renumber(played.all) };
}

/** The sandbox's name is left out of what is compared. */
const REQUEST_ID = /\bSANDBOX-\d+\b/g;
