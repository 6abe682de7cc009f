/** `license-mock config`: shows the options that `serve` would use, and where each value comes from. */
import path from 'node:path';
import { describeDataLocation } from '../../config/data-location.ts';
import { readOptions, type Flags, type Option, type Value } from '../../config/options.ts';
import { parseServeConfig, serveOptions } from '../../config/serve-config.ts';
import { formatOption } from '../client-options.ts';
import { describeMisspelt } from '../describe-misspelt.ts';
import { alignColumns, isJsonAsked } from '../output.ts';
import { readServeOptions } from '../read-serve-options.ts';

type Shown = { readonly option: string; readonly value: string; readonly source: string };

const HIDDEN = new Set(['control-token', 'upstream-header']);

export async function showConfig(flags: Flags): Promise<number> {
  const { given, file } = await readServeOptions(flags, process.env);
  // What `serve` would refuse is refused here as well.
  parseServeConfig(given, process.env);
  const shown = serveOptions.map((option) => show(option, given[option.name] ?? [], flags));
  const notes = describeMisspelt(process.env);
  if (isJsonAsked(readOptions([formatOption], flags, {}))) {
    const document = { file: file?.file ?? null, options: shown, notes };
    process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
    return 0;
  }
  const rows = shown.map(({ option, value, source }) => [option, value, source]);
  const head = file ? path.relative(process.cwd(), file.file) : 'none found';
  const lines = alignColumns([['option', 'value', 'source'], ...rows]);
  const rest = notes.length === 0 ? [] : ['', ...notes];
  process.stdout.write(`${[`config file: ${head}`, '', ...lines, ...rest].join('\n')}\n`);
  return 0;
}

function show(
  { name, fallback = 'not set' }: Option,
  values: readonly Value[],
  flags: Flags,
): Shown {
  const isFlag = flags[name] !== undefined;
  const isDefault = !isFlag && values.every(({ source }) => source === `--${name}`);
  return {
    option: name,
    value:
      values.length === 0
        ? `(${fallback})`
        : values.map(({ text }) => valueOf(name, text)).join(', '),
    source: isDefault
      ? 'default'
      : [...new Set(values.map(({ source }) => placeOf(source)))].join(', '),
  };
}

/** Without secrets. */
function valueOf(name: string, text: string): string {
  if (HIDDEN.has(name)) return '(hidden)';
  return name === 'data' ? describeDataLocation(text) : text;
}

/** `port in license-mock.config.yaml:3` without the name of the option. */
function placeOf(source: string): string {
  return source.replace(/^\S+ in /, '');
}
