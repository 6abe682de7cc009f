/** A form's texts as the framework hands them to the fields of a serializer: ledger IBL-FORM-FIELDS. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { Schema } from '../../openapi/operation.ts';
import { fieldRules, type FieldRule } from '../../frameworks/django-rest-framework/field-rules.ts';
import { lastValue, type QueryDict } from '../../frameworks/django-rest-framework/query-dict.ts';

const INTEGER = /^-?\d{1,15}$/;

export type ReadForm = {
  readonly value: JsonObject;
  /** Fields that hold dictionaries: a form has no way to write one, and their texts are dropped. */
  readonly dropped: readonly string[];
  /** True where a field got another value than its text, or one without a text. */
  readonly isAdapted: boolean;
};

/**
 * Texts that a form cannot write otherwise become what they stand for: `3`, `true`; nothing becomes null where
 * null may be, and is left out where the field may be. The rest is left to the coercion. A
 * boolean that is missing counts as not given: ledger IBL-FORM-FIELDS.
 */
export function readForm(fields: QueryDict, schema: Schema): ReadForm {
  const rules = fieldRules(schema);
  const entries: [string, Json][] = [];
  const dropped: string[] = [];
  let isAdapted = false;
  for (const [name, values] of Object.entries(fields)) {
    const rule = rules.get(name);
    const text = lastValue(values) ?? '';
    if (rule?.kind === 'object') {
      dropped.push(name);
      continue;
    }
    const value = readField(text, rule);
    if (value !== undefined) entries.push([name, value]);
    isAdapted ||= text === '' && value !== '';
  }
  return { value: Object.fromEntries(entries), dropped, isAdapted };
}

function readField(text: string, rule: FieldRule | undefined): Json | undefined {
  if (!rule) return text;
  if (text === '' && rule.nullable) return null;
  if (text === '' && !rule.required) return undefined;
  if (rule.kind === 'integer' && INTEGER.test(text)) return Number(text);
  if (rule.kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
