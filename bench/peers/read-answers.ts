/** What our own server answers, for the peers whose answers are static. */
import { create, list } from './peer.ts';

/** A page of the list, and a license. */
export async function readAnswers(url: string): Promise<{ page: unknown; license: unknown }> {
  const page: unknown = await (await fetch(url + list.path, { headers: list.headers })).json();
  const created = await fetch(url + create.path, {
    method: 'POST',
    headers: create.headers,
    body: create.body ?? null,
  });
  return { page, license: await created.json() };
}
