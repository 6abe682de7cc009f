/**
 * Repairs common mistakes in schemas that Ajv refuses. If Ajv refuses a schema, Prism checks nothing against it, so one
 * mistake would disable the checks of all other fields.
 */
import { isJsonObject, type Json, type JsonObject } from '../messages/json.ts';
import { toUnicodePattern } from './unicode-pattern.ts';

/** Keywords that may be null: YAML reads `description:` without a value as null. They count as absent. */
const EMPTY = new Set(
  'title description format pattern required enum items properties additionalProperties allOf anyOf oneOf'.split(
    ' ',
  ),
);

/** Annotations. They stay outside when the other keywords move into an alternative. */
const NOTES = new Set(
  'title description default example examples readOnly writeOnly deprecated externalDocs xml'.split(
    ' ',
  ),
);

type Place = {
  /** True directly below `properties`, where `required: true` is a mistake. */
  readonly isField: boolean;
  /** True for OpenAPI 3.0 and Swagger 2.0, where `nullable` adds null to the values of `enum`. */
  readonly addsNull: boolean;
};

/** Expects that the parts of the schema are already repaired. Returns other objects unchanged. */
export function repairSchema(schema: JsonObject, { isField, addsNull }: Place): JsonObject {
  const kept = Object.entries(schema).filter(
    ([name, value]) =>
      !(value === null && EMPTY.has(name)) &&
      !(isField && name === 'required' && typeof value === 'boolean'),
  );
  const repaired: JsonObject = Object.fromEntries(
    kept.map(([name, value]) => [name, repairKeyword(name, value)]),
  );
  // Swagger 2.0 allows the type `file` for parameters, not for schemas.
  if (repaired['type'] === 'file' && repaired['in'] === undefined) {
    return { ...repaired, type: 'string', format: 'binary' };
  }
  const mark = ['nullable', 'x-nullable'].find((name) => typeof repaired[name] === 'boolean');
  if (mark === undefined) return repaired;
  if (repaired['type'] === undefined) return withoutMark(repaired, mark);
  const values = repaired['enum'];
  if (!addsNull || repaired[mark] !== true || !Array.isArray(values)) return repaired;
  return { ...repaired, enum: values.filter((value) => value !== null) };
}

function repairKeyword(name: string, value: Json): Json {
  if (name === 'pattern' && typeof value === 'string') return toUnicodePattern(value);
  // A duplicate value is harmless, but Ajv refuses it.
  if ((name === 'enum' || name === 'required') && Array.isArray(value)) return uniq(value);
  if (name !== 'patternProperties' || !isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([pattern, part]) => [toUnicodePattern(pattern), part]),
  );
}

/** Ajv supports `nullable` only beside `type`. Without `type`, null becomes an alternative. */
function withoutMark(schema: JsonObject, mark: string): JsonObject {
  const entries = Object.entries(schema).filter(([name]) => name !== mark);
  const rules = entries.filter((entry) => !isNote(entry));
  if (schema[mark] !== true || rules.length === 0) return Object.fromEntries(entries);
  const anyOf = [Object.fromEntries(rules), { enum: [null] }];
  return { ...Object.fromEntries(entries.filter(isNote)), anyOf };
}

function isNote([name]: readonly [string, unknown]): boolean {
  return NOTES.has(name) || name.startsWith('x-');
}

function uniq(list: readonly Json[]): Json[] {
  return [...new Map(list.map((item) => [JSON.stringify(item), item])).values()];
}
