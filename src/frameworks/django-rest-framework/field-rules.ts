/** The serializer's rule for each field, read once from the operation's schema. */
import type { Schema } from '../../openapi/operation.ts';

type FieldKind = 'string' | 'email' | 'integer' | 'boolean' | 'date-time' | 'object';

export type FieldRule = {
  readonly name: string;
  readonly kind: FieldKind;
  readonly nullable: boolean;
  readonly required: boolean;
  /** The position in the schema. Wrong fields are reported in this order. */
  readonly order: number;
  readonly schema: Schema;
};

export type FieldRules = ReadonlyMap<string, FieldRule>;

const known = new WeakMap<Schema, FieldRules>();

/** Returns the rules by name, in the schema's order. */
export function fieldRules(schema: Schema): FieldRules {
  const found = known.get(schema);
  if (found) return found;
  const rules = new Map(
    Object.entries(schema.properties ?? {}).map(([name, property], order) => [
      name,
      ruleFor(name, property, order, schema.required?.includes(name) ?? false),
    ]),
  );
  known.set(schema, rules);
  return rules;
}

/** Returns the rule of a query parameter. Whether it is required makes no difference to how it is read. */
export function parameterRule(name: string, schema: Schema, order = 0): FieldRule {
  return ruleFor(name, schema, order, false);
}

function ruleFor(name: string, schema: Schema, order: number, required: boolean): FieldRule {
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return {
    name,
    kind: kindOf(types, schema.format),
    nullable: types.includes('null'),
    required,
    order,
    schema,
  };
}

function kindOf(types: readonly string[], format: string | undefined): FieldKind {
  if (format === 'date-time') return 'date-time';
  if (format === 'email' || format === 'idn-email') return 'email';
  const kind = types.find((type) => type !== 'null');
  return kind === 'integer' || kind === 'boolean' || kind === 'object' ? kind : 'string';
}
