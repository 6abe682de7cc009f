/** The same work on every server: create a license, then list a page of 20 of 1,000. */
import { ratio, runRounds, type Series } from './load/rounds.ts';
import { startPeer, type Started } from './load/start-peer.ts';
import { ours } from './peers/ours.ts';
import { otherPeers } from './peers/others.ts';
import { readAnswers } from './peers/read-answers.ts';
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
    verdict('create ÷ Prism CLI', compare(creates, 'Prism CLI'), 4),
    verdict('create ÷ bare Express', compare(creates, 'bare Express'), 0.6),
    ...(creates.some(({ name }) => name === 'WireMock')
      ? [
          verdict('create ÷ WireMock', compare(creates, 'WireMock'), 1),
          verdict(
            'create ÷ WireMock with a template',
            compare(creates, 'WireMock with a template'),
            2,
          ),
          verdict('list ÷ WireMock', compare(lists, 'WireMock'), 1),
        ]
      : ['- ÷ WireMock: not measured, there is no Java']),
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
