/** The words and tables of bench/results.md. */
import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';
import { pinning } from './load/on-core.ts';
import { median, type Series } from './load/rounds.ts';
import { generator } from './load/run-load.ts';

export function describeRun(
  command: string,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  return [
    '# Results of the benchmark',
    '',
    `\`${command}\` on ${new Date().toISOString().slice(0, 10)}, commit ${commit}.`,
    '',
    `- Machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.versions.node}`,
    `- Load: ${generator}, in a process of its own; ${pinning}`,
    `- Each server is warmed up, then measured ${rounds} times for ${seconds} s, in turns with the others. Numbers are medians; a ratio is the median of the ratios round by round.`,
    '',
  ].join('\n');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function rate({ rates }: Series): string {
  return Math.round(median(rates)).toLocaleString('en');
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}

/** A bar and whether it is held. */
export function verdict(name: string, value: number, bar: number): string {
  const mark = value >= bar ? 'held' : '**not held**';
  return `- ${name}: ${value.toFixed(2)} (bar ${bar}) ${mark}`;
}

/** A bar that must not be passed. */
export function verdictAtMost(name: string, value: number, bar: number): string {
  const shown = Number.isInteger(bar) ? String(Math.round(value)) : value.toFixed(2);
  return `- ${name}: ${shown} (at most ${bar}) ${value <= bar ? 'held' : '**not held**'}`;
}
