/** The JSON Schema of the config file, for editors: made from the table of options and the ledger. */
import { serveOptions } from '../../src/config/serve-config.ts';
import type { Option } from '../../src/config/options.ts';
import type { LedgerRow } from '../../src/ledger/ledger.ts';

const SWITCH = [true, false, 'on', 'off'];

export function configSchema(rows: readonly LedgerRow[]): object {
  const properties = serveOptions.map((option) => [
    option.name,
    { description: describe(option), ...schemaOf(option, rows) },
  ]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The config file of license-mock',
    type: 'object',
    additionalProperties: false,
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties) },
  };
}

function describe({ help, default: value, fallback = value }: Option): string {
  const sentence = `${help.charAt(0).toUpperCase()}${help.slice(1)}.`;
  return fallback === undefined ? sentence : `${sentence} Default: ${fallback}.`;
}

function schemaOf({ name, value, repeats, isSwitch }: Option, rows: readonly LedgerRow[]): object {
  if (name === 'set') return settingsSchema(rows);
  if (repeats) return { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };
  const choices = value.split('|').filter((choice) => /^[a-z]+$/.test(choice));
  if (isSwitch) return { enum: [...new Set([...SWITCH, ...choices])] };
  if (choices.length === value.split('|').length) return { enum: choices };
  if (value === 'N') return { type: 'integer', minimum: 0 };
  return name === 'trust-proxy'
    ? { anyOf: ['string', 'integer', 'boolean'].map((type) => ({ type })) }
    : { type: 'string' };
}

function settingsSchema(rows: readonly LedgerRow[]): object {
  const settings = rows.map(({ id, title, choices, number }) => {
    // A choice that looks like a number can be written as one.
    const all = choices?.flatMap((choice) =>
      /^\d+$/.test(choice.id) ? [choice.id, Number(choice.id)] : [choice.id],
    );
    const allowed = all
      ? { enum: all }
      : number && { type: 'integer', minimum: number.min, maximum: number.max };
    return [id, allowed && { description: `${title}.`, ...allowed }] as const;
  });
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(settings.filter(([, allowed]) => allowed)),
  };
}
