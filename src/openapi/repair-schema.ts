/**
 * Rewrites what authors write in schemas and Ajv refuses. Prism checks nothing of a schema that Ajv refuses, so one
 * slip would open every field beside it.
 */
import { isJsonObject, type Json, type JsonObject } from '../messages/json.ts';
import { toUnicodePattern } from './unicode-pattern.ts';

/** What YAML gives for `description:` with nothing behind it; for these it is the same as no keyword. */
const EMPTY = new Set(
  'title description format pattern required enum items properties additionalProperties allOf anyOf oneOf'.split(
    ' ',
  ),
);

/** What says nothing about the value, and stays outside where the rest goes into an alternative. */
const NOTES = new Set(
  'title description default example examples readOnly writeOnly deprecated externalDocs xml'.split(
    ' ',
  ),
);

type Place = {
  /** Whether it stands under `properties`, where `required: true` is a slip. */
  readonly isField: boolean;
  /** OpenAPI 3.0 and Swagger 2.0 add null to the values of `enum` by themselves. */
  readonly addsNull: boolean;
};

/** The parts of the schema are repaired already. Other objects of a document come out as they went in. */
export function repairSchema(schema: JsonObject, { isField, addsNull }: Place): JsonObject {
  const kept = Object.entries(schema).filter(
    ([name, value]) =>
      !(value === null && EMPTY.has(name)) &&
      !(isField && name === 'required' && typeof value === 'boolean'),
  );
  const repaired: JsonObject = Object.fromEntries(
    kept.map(([name, value]) => [name, repairKeyword(name, value)]),
  );
  // A parameter of Swagger 2.0 may have the type `file`; a schema may not.
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
  // Listing a value twice is a slip that changes nothing.
  if ((name === 'enum' || name === 'required') && Array.isArray(value)) return uniq(value);
  if (name !== 'patternProperties' || !isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([pattern, part]) => [toUnicodePattern(pattern), part]),
  );
}

/** Ajv knows `nullable` beside `type` only. Without it, null becomes an alternative. */
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
