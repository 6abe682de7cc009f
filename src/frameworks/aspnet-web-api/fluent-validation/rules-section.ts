/** The rules of one model in a scenario: their schema, reading and writing. */
import { MockError, messageOf } from '../../../errors.ts';
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { Field, Model } from '../model.ts';
import { formatStored } from '../values/date-time.ts';
import { parseGuid } from '../values/guid.ts';
import { parseJsonDate } from '../values/parse-date.ts';
import { toWireValue, type Rule } from './validate.ts';
import { compilePattern, validators, type Argument, type Validator } from './validators.ts';

/** JSON Schema of one rule. */
export function ruleSchema(model: Model): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['property', 'validator'],
    properties: {
      property: { enum: model.fields.map(({ name }) => name) },
      validator: { enum: Object.keys(validators) },
      arguments: { type: 'array', items: { type: ['string', 'integer'] } },
    },
  };
}

/**
 * Checks what the schema cannot: that each validator fits its property and its arguments. `where` is the place of the
 * rules in the scenario. Throws `MockError` `broken-scenario`.
 */
export function readRules(section: readonly Rule[], model: Model, where: string): readonly Rule[] {
  return section.map((rule, index) => readRule(rule, model, `${where}[${index}]`));
}

function readRule(rule: Rule, model: Model, where: string): Rule {
  const field = model.find(rule.property);
  const validator: Validator = validators[rule.validator];
  const given = rule.arguments ?? [];
  const isFit = field && (validator.types?.includes(field.type) ?? true);
  if (!field || !isFit || (validator.types && field.isList)) {
    throw broken(`${where}: ${rule.validator} cannot be used on ${rule.property}.`);
  }
  if (given.length !== validator.arguments.length) {
    const wanted = validator.arguments.join(', ') || 'none';
    throw broken(`${where}: ${rule.validator} has ${given.length} arguments. Write: ${wanted}.`);
  }
  const read = validator.arguments.map((kind, position) =>
    readArgument(kind, given[position] ?? '', { field, model, where }),
  );
  const plain: Rule = { property: rule.property, validator: rule.validator };
  return read.length === 0 ? plain : { ...plain, arguments: read };
}

function readArgument(
  kind: Validator['arguments'][number],
  given: Argument,
  { field, model, where }: { field: Field; model: Model; where: string },
): Argument {
  switch (kind) {
    case 'integer':
      if (typeof given === 'number') return given;
      throw broken(`${where}: "${given}" is not an integer.`);
    case 'field':
      if (model.find(String(given))?.type === 'date') return given;
      throw broken(`${where}: "${given}" is not a date property.`);
    case 'text':
      return readPattern(String(given), where);
    case 'value':
      return readValue(given, field, where);
  }
}

function readPattern(pattern: string, where: string): string {
  try {
    compilePattern(pattern);
    return pattern;
  } catch (cause) {
    throw broken(`${where}: "${pattern}" is not a regular expression: ${messageOf(cause)}.`);
  }
}

function readValue(given: Argument, field: Field, where: string): Argument {
  if (field.type === 'int' && typeof given === 'number') return given;
  if (field.type === 'text') return String(given);
  const date = field.type === 'date' ? parseJsonDate(String(given)) : undefined;
  const read = date ? formatStored(date) : parseGuid(String(given));
  if (read !== undefined && field.type !== 'int') return read;
  throw broken(`${where}: "${given}" is not a valid ${field.name}.`);
}

/** Writes dates in the form that people use in scenarios; `readRules` reads that form. */
export function writeRule(rule: Rule, model: Model): JsonObject {
  const plain: JsonObject = { property: rule.property, validator: rule.validator };
  const field = model.find(rule.property);
  if (!rule.arguments) return plain;
  return {
    ...plain,
    arguments: rule.arguments.map((each): Json => (field ? toWireValue(field, each) : each)),
  };
}

function broken(message: string): MockError {
  return new MockError('broken-scenario', message);
}
