/** The same work on every server: create a license, then list a page of 20 of 1,000. */
import { ratio, runRounds, type Series } from './load/rounds.ts';
import { startPeer, type Started } from './load/start-peer.ts';
import { ours } from './peers/ours.ts';
import { otherPeers } from './peers/others.ts';
import { create, list } from './peers/peer.ts';
import { megabytes, rate, table, verdict } from './report.ts';

type Pace = { readonly rounds: number; readonly seconds: number };

export async function measurePeers(pace: Pace): Promise<string> {
  const own = await startPeer(ours('license-mock', { stored: 1_000 }));
  const started: Started[] = [own];
  try {
    const { page, license } = await readAnswers(own.url);
    for (const peer of otherPeers(page, license)) started.push(await startPeer(peer));
    const memoryAtStart = started.map((each) => each.memory());
    const listed = started.flatMap(({ peer, url }) =>
      peer.list ? [{ name: peer.name, url, call: peer.list }] : [],
    );
    const lists = await runRounds(listed, pace);
    const creates = await runRounds(
      started.map(({ peer, url }) => ({ name: peer.name, url, call: peer.create })),
      pace,
    );
    const rows = started.map(({ peer, firstAnswerMs, memory }, i) => [
      `${peer.name} ${peer.version}`,
      peer.does,
      cell(creates, peer.name),
      cell(lists, peer.name),
      `${Math.round(firstAnswerMs)} ms`,
      `${megabytes(memoryAtStart[i] ?? 0)} → ${megabytes(memory())}`,
    ]);
    const head = ['server', 'does', 'create, 1/s (ours ÷ it)', 'list of 20, 1/s (ours ÷ it)'];
    return [
      '## Beside the peers',
      '',
      table([...head, 'first answer', 'memory'], rows),
      ...bars(creates, lists),
      '',
    ].join('\n');
  } finally {
    for (const each of started) await each.stop();
  }
}

function bars(creates: readonly Series[], lists: readonly Series[]): readonly string[] {
  return [
    verdict('create ÷ Prism CLI', compare(creates, 'Prism CLI'), 1.5),
    verdict('create ÷ bare Express', compare(creates, 'bare Express'), 0.3),
    verdict('create ÷ json-server', compare(creates, 'json-server'), 20),
    ...['WireMock', 'WireMock with a template'].map((name) =>
      creates.some((each) => each.name === name)
        ? verdict(`create ÷ ${name}`, compare(creates, name), 1)
        : `- create ÷ ${name}: not measured, there is no Java`,
    ),
    verdict('list ÷ Prism CLI', compare(lists, 'Prism CLI'), 1),
  ];
}

function compare(all: readonly Series[], name: string): number {
  const [own] = all;
  const other = all.find((series) => series.name === name);
  return own && other ? ratio(own, other) : Number.NaN;
}

function cell(all: readonly Series[], name: string): string {
  const series = all.find((each) => each.name === name);
  if (!series) return '';
  return series === all[0] ? rate(series) : `${rate(series)} (${compare(all, name).toFixed(2)})`;
}

/** What the static peers are to answer: our own page and license. */
async function readAnswers(url: string): Promise<{ page: unknown; license: unknown }> {
  const page: unknown = await (await fetch(url + list.path, { headers: list.headers })).json();
  const created = await fetch(url + create.path, {
    method: 'POST',
    headers: create.headers,
    body: create.body ?? null,
  });
  return { page, license: await created.json() };
}
