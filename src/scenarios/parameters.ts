/** Values for the `{parameters}` of a scenario: given or default values, checked against the declared types. */
import { MockError } from '../errors.ts';
import { compileGivenSchema } from '../schema/json-schema.ts';

/** Values for a scenario's parameters. */
export type Params = Readonly<Record<string, string | number | boolean>>;

/** JSON Schema of a parameter. `default` applies if no value is given. */
type ParameterSchema = {
  readonly default?: string | number | boolean;
  readonly type?: string | readonly string[];
};

/** What the file declares under `parameters`, by name. */
export function declaredParameters(scenario: unknown): Readonly<Record<string, ParameterSchema>> {
  if (typeof scenario !== 'object' || scenario === null || !('parameters' in scenario)) return {};
  const { parameters } = scenario;
  const isMap = typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters);
  return isMap ? (parameters as Record<string, ParameterSchema>) : {};
}

/** Throws `MockError` `broken-scenario` for a value of the wrong type. */
export function resolveParams(scenario: unknown, params: Params, origin: string): Params {
  const declared = declaredParameters(scenario);
  const values: Record<string, Params[string]> = { ...params };
  for (const [name, schema] of Object.entries(declared)) {
    const fallback = schema?.default;
    const value = Object.hasOwn(params, name) ? params[name] : fallback;
    if (value === undefined) continue;
    const [fault] = compile(schema, origin, name)(value);
    if (fault) {
      throw new MockError(
        'broken-scenario',
        `${origin} has an invalid value for the parameter {${name}}: ${fault.message}`,
        { pointer: `#/params/${name}` },
      );
    }
    values[name] = value;
  }
  return values;
}

/**
 * The values of parameters whose type the file declares, in that type. A client library may have turned a number or a
 * boolean into text, or back: `42` for a string is `"42"`, `"42"` for an integer is `42`. What would lose information
 * stays as it is: `"007"` for an integer.
 */
export function toDeclaredTypes(scenario: unknown, params: Params): Params {
  const declared = declaredParameters(scenario);
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const type = Object.hasOwn(declared, name) ? declared[name]?.type : undefined;
      return type === undefined ? [] : [[name, toType(value, [type].flat())]];
    }),
  );
}

function toType(value: Params[string], types: readonly string[]): Params[string] {
  const takesNumbers = types.includes('integer') || types.includes('number');
  if (typeof value === 'string') {
    if (types.includes('string')) return value;
    const read = toTyped(value);
    if (typeof read === 'number' && takesNumbers) return read;
    return typeof read === 'boolean' && types.includes('boolean') ? read : value;
  }
  const isTaken = typeof value === 'number' ? takesNumbers : types.includes('boolean');
  return !isTaken && types.includes('string') ? toText(value) : value;
}

/** A number that is too large to be told from its neighbours has lost its digits before it came here. */
export function toText(value: Params[string]): Params[string] {
  const isExact = typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  return isExact ? String(value) : value;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** The number or boolean that a text stands for, where it can be written back: not `007`, not 20 digits. */
export function toTyped(text: string): Params[string] {
  // Python writes True and False.
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (!NUMBER.test(text)) return text;
  const shortest = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return String(Number(text)) === shortest ? Number(text) : text;
}

type Check = ReturnType<typeof compileGivenSchema>;

const MAX_COMPILED = 500;
/** Cached by the text of the schema, because every provider state needs them again. */
const compiled = new Map<string, Check>();

function compile(schema: object, origin: string, name: string): Check {
  const key = JSON.stringify(schema);
  try {
    const check = compiled.get(key) ?? compileGivenSchema(schema);
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    compiled.set(key, check);
    return check;
  } catch (cause) {
    throw new MockError('broken-scenario', `${origin} parameters.${name} is not a JSON Schema.`, {
      cause,
    });
  }
}
