/** Describes a .NET class to which an action binds the request's body. */
import type { Json } from '../../messages/json.ts';

/** In .NET: string, Int32, Guid, DateTime. */
export type FieldType = 'text' | 'int' | 'boolean' | 'guid' | 'date' | 'enum' | 'value' | 'class';

/** A property of the class. */
export type Field = {
  readonly name: string;
  /** For a list or a map the type of its items. */
  readonly type: FieldType;
  readonly isList: boolean;
  readonly isNullable: boolean;
  /** True: a dictionary, from texts to values of the type. */
  readonly isMap?: boolean;
  /** Of an enum: the names of its numbers, from 0 up. */
  readonly names?: readonly string[];
  /** Of a class. */
  readonly of?: Model;
  /** The .NET namespace of the base class that declares it; undefined: the class does so itself. */
  readonly declaredIn?: string;
};

export type Model = {
  /** The class's name: `LicenseRequest`. */
  readonly name: string;
  /** Its .NET namespace: `Alice.Dto.Requests`. */
  readonly namespace: string;
  /** In declaration order. */
  readonly fields: readonly Field[];
  /** Their names in the order that the DataContractSerializer wants them: those of a base class first. */
  readonly alphabetical: readonly string[];
  /** Finds a field by its exact name. */
  find(name: string): Field | undefined;
  /** Finds a field by its name in any letter case. */
  findIgnoringCase(name: string): Field | undefined;
};

export function createModel(model: Pick<Model, 'name' | 'namespace' | 'fields'>): Model {
  const byName = new Map(model.fields.map((field) => [field.name, field]));
  const byLowerName = new Map(model.fields.map((field) => [field.name.toLowerCase(), field]));
  const namesOf = (isInherited: boolean) =>
    model.fields
      .filter(({ declaredIn }) => (declaredIn !== undefined) === isInherited)
      .map(({ name }) => name)
      .toSorted();
  return {
    ...model,
    alphabetical: [...namesOf(true), ...namesOf(false)],
    find: (name) => byName.get(name),
    findIgnoringCase: (name) => byName.get(name) ?? byLowerName.get(name.toLowerCase()),
  };
}

/** Whether the field holds more than single values or a list of them. */
export function isNested({ isMap = false, type }: Field): boolean {
  return isMap || type === 'class';
}

export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

/** The value that .NET gives to a property that the request does not set. */
export function defaultOf(field: Field): Json {
  if (field.isNullable) return null;
  if (field.type === 'boolean') return false;
  return field.type === 'int' || field.type === 'enum' ? 0 : EMPTY_GUID;
}
