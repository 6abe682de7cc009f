/** The values of a scenario's `{parameters}`: as given, else their defaults, of the types that it declares. */
import { MockError } from '../errors.ts';
import { compileSchema } from '../schema/json-schema.ts';

/** Values for a scenario's parameters. */
export type Params = Readonly<Record<string, string | number | boolean>>;

/** JSON Schema of a parameter; `default` is what it is where nobody says. */
type ParameterSchema = { readonly default?: string | number | boolean };

/** What the file declares under `parameters`, by name. */
export function declaredParameters(scenario: unknown): Readonly<Record<string, ParameterSchema>> {
  if (typeof scenario !== 'object' || scenario === null || !('parameters' in scenario)) return {};
  const { parameters } = scenario;
  const isMap = typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters);
  return isMap ? (parameters as Record<string, ParameterSchema>) : {};
}

/** Throws `MockError` `broken-scenario` for a value of another type than its parameter has. */
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

type Check = ReturnType<typeof compileSchema>;

const MAX_COMPILED = 500;
/** By the schema's text: every state that is entered needs them again. */
const compiled = new Map<string, Check>();

function compile(schema: object, origin: string, name: string): Check {
  const key = JSON.stringify(schema);
  try {
    const check = compiled.get(key) ?? compileSchema(schema);
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    compiled.set(key, check);
    return check;
  } catch (cause) {
    throw new MockError('broken-scenario', `${origin} parameters.${name} is not a JSON Schema.`, {
      cause,
    });
  }
}
