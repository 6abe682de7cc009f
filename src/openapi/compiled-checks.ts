/** The checks of bodies that were compiled ahead, by schema. Each is loaded at its first use. */
import { createRequire } from 'node:module';
import type { Json } from '../messages/json.ts';
import { fittingOf } from '../messages/lasting-part.ts';

/** As Ajv compiles a schema: true, or false with `errors`. */
type Check = {
  (value: Json): boolean;
  readonly errors?: readonly object[] | null;
};

/** As `schema/standalone.ts` writes it. */
type WrittenModule = Readonly<Record<string, Check>> & {
  readonly remembers?: (given: typeof fittingOf) => void;
};

export type CompiledChecks = {
  /** `name`: of the export of the file. */
  add(schema: object, file: string, name: string): void;
  /** Undefined: the schema was not compiled ahead. */
  find(schema: object): Check | undefined;
};

/** Their `errors` have the first fault only, without a message. */
export const quickChecks = createChecks();

/** Their `errors` have every fault, as Prism's own checks do. */
export const fullChecks = createChecks();

/**
 * By the list of documented headers, or of a query's or a path's parameters. They take an object of values, names in
 * lower case, and may change it.
 */
export const parameterChecks = createChecks();

function createChecks(): CompiledChecks {
  const require = createRequire(import.meta.url);
  const written = new WeakMap<object, { readonly file: string; readonly name: string }>();
  const loaded = new WeakMap<object, Check>();
  return {
    add: (schema, file, name) => void written.set(schema, { file, name }),
    find(schema) {
      const known = loaded.get(schema);
      if (known) return known;
      const found = written.get(schema);
      if (!found) return undefined;
      const { remembers, ...checks } = require(found.file) as WrittenModule;
      remembers?.(fittingOf);
      const check = checks[found.name];
      if (!check) throw new Error(`${found.file} has no ${found.name}.`);
      loaded.set(schema, check);
      return check;
    },
  };
}
