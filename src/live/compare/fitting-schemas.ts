/** What a schema says of the fields of an object, where it has alternatives. */
import type { Schema } from '../../openapi/operation.ts';

/** Every form that the schema allows, without `allOf`, `anyOf` and `oneOf`. Undefined: not known. */
export type Forms = readonly Schema[] | undefined;

const MAX_FORMS = 64;

export function formsOf(schema: Schema | undefined): Forms {
  if (schema === undefined || '$ref' in schema) return undefined;
  const { allOf = [], anyOf = [], oneOf = [], ...own } = schema;
  let forms: readonly Schema[] = [own];
  for (const part of allOf) forms = join(forms, formsOf(part));
  for (const alternatives of [anyOf, oneOf]) {
    if (alternatives.length === 0) continue;
    forms = join(
      forms,
      alternatives.flatMap((each) => formsOf(each) ?? [{}]),
    );
  }
  return forms.length > MAX_FORMS ? undefined : forms;
}

function join(left: readonly Schema[], right: Forms): readonly Schema[] {
  if (!right) return left;
  return left.flatMap((a) =>
    right.map((b) => ({
      ...a,
      ...b,
      required: [...(a.required ?? []), ...(b.required ?? [])],
      properties: { ...a.properties, ...b.properties },
    })),
  );
}

/** The forms of a field, in whichever of the forms of its object. */
export function formsOfField(forms: Forms, name: string): Forms {
  const found = forms?.flatMap(({ properties = {} }) =>
    Object.hasOwn(properties, name) ? [formsOf(properties[name])] : [],
  );
  if (!found || found.length === 0 || found.includes(undefined)) return undefined;
  return found.flatMap((each) => each ?? []);
}

export function formsOfItems(forms: Forms): Forms {
  const found = forms?.flatMap(({ items }) => (items ? [formsOf(items)] : []));
  if (!found || found.length === 0 || found.includes(undefined)) return undefined;
  return found.flatMap((each) => each ?? []);
}

/** True if the object can be of this form, judged by its fields. */
export function fits(form: Schema, names: readonly string[]): boolean {
  const { required = [], properties = {} } = form;
  return (
    allows(form, 'object') &&
    required.every((name) => names.includes(name)) &&
    (isOpen(form) || names.every((name) => Object.hasOwn(properties, name)))
  );
}

/** True for an object with any fields, such as `metadata`. */
export function isOpen({ properties = {}, additionalProperties }: Schema): boolean {
  if (additionalProperties === undefined) return Object.keys(properties).length === 0;
  return additionalProperties !== false;
}

/** `kind`: `null`, `boolean`, `number`, `string`, `array` or `object`. */
export function allows({ type, enum: values }: Schema, kind: string): boolean {
  if (values) return values.some((value) => kindOf(value) === kind);
  if (type === undefined) return true;
  return [type].flat().some((each) => (each === 'integer' ? 'number' : each) === kind);
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
