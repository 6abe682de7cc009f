/** A form's texts as the framework hands them to the fields of a serializer. */
import type { Json, Schema } from '../vendor.ts';
import { fieldRules, type FieldRule } from './field-rules.ts';
import { lastValue, type QueryDict } from './query-dict.ts';

const INTEGER = /^-?\d{1,15}$/;

/**
 * Texts that a form cannot write otherwise become what they stand for: `3`, `true`; nothing becomes null where
 * null may be, and is left out where the field may be. The rest is left to the coercion. A form has no way to
 * write a dictionary: ledger IBL-FORM-FIELDS.
 */
export function readForm(fields: QueryDict, schema: Schema): Json {
  const rules = fieldRules(schema);
  const entries: [string, Json][] = [];
  for (const [name, values] of Object.entries(fields)) {
    const value = readField(lastValue(values) ?? '', rules.get(name));
    if (value !== undefined) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

function readField(text: string, rule: FieldRule | undefined): Json | undefined {
  if (!rule) return text;
  if (rule.kind === 'object') return undefined;
  if (text === '' && rule.nullable) return null;
  if (text === '' && !rule.required) return undefined;
  if (rule.kind === 'integer' && INTEGER.test(text)) return Number(text);
  if (rule.kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
