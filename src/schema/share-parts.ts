/** Divides schemas into parts, if their references were resolved: they contain the same parts many times. */

export type Schema = Readonly<Record<string, unknown>>;

/** Shorter parts are quicker to check where they stand. */
const MIN_LENGTH = 100;
/** A longer part becomes a function of its own: V8 does not optimize functions that are very long. */
const MAX_LENGTH = 600;
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const LISTS = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const SINGLE = new Set([
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
]);

/** Say nothing of a value. */
const ANNOTATIONS = /^(?:title|description|examples?|default|deprecated|\$comment|x-.*)$/;

export type SharedParts = {
  /** Has the parts in `$defs`. Its id is `parts`. */
  readonly parts: Schema & { readonly $id: string };
  /** The given schemas, with references to the parts. */
  readonly schemas: readonly Schema[];
};

/** Takes out each part that is long or occurs several times. The places of faults in a value stay the same. */
export function shareParts(schemas: readonly Schema[]): SharedParts {
  const texts = new Map<unknown, string>();
  const textOf = (part: unknown): string => {
    let text = texts.get(part);
    if (text === undefined) texts.set(part, (text = JSON.stringify(part)));
    return text;
  };
  const counts = new Map<string, number>();
  const count = (part: Schema): Schema => {
    const text = textOf(part);
    const seen = counts.get(text) ?? 0;
    counts.set(text, seen + 1);
    return seen === 0 ? mapParts(part, count) : part;
  };
  for (const schema of schemas) mapParts(schema, count);

  const names = new Map<string, string>();
  const $defs: Record<string, Schema> = {};
  const share = (part: Schema): Schema => {
    const text = textOf(part);
    const isShared = text.length >= MIN_LENGTH && (counts.get(text) ?? 0) > 1;
    if (!isShared && text.length <= MAX_LENGTH) return mapParts(part, share);
    let name = names.get(text);
    if (name === undefined) {
      name = `part${names.size}`;
      names.set(text, name);
      $defs[name] = mapParts(part, share);
    }
    return { $ref: `parts#/$defs/${name}` };
  };
  const shared = schemas.map((schema) => mapParts(schema, share));
  const $schema = schemas[0]?.['$schema'];
  return {
    parts: { ...($schema !== undefined && { $schema }), $id: 'parts', $defs },
    schemas: shared,
  };
}

/** The same schema without what says nothing of a value. */
export function withoutAnnotations(schema: Schema): Schema {
  const told = Object.entries(schema).filter(([name]) => !ANNOTATIONS.test(name));
  return mapParts(Object.fromEntries(told), withoutAnnotations);
}

/** A copy of a schema with other parts. */
function mapParts(schema: Schema, map: (part: Schema) => Schema): Schema {
  const mapOne = (part: unknown): unknown => (isSchema(part) ? map(part) : part);
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => {
      if (SINGLE.has(name)) return [name, mapOne(value)];
      if (LISTS.has(name) && Array.isArray(value)) return [name, value.map(mapOne)];
      if (!MAPS.has(name) || !isSchema(value)) return [name, value];
      return [
        name,
        Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapOne(part)])),
      ];
    }),
  );
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
