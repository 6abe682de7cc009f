/** Describes a .NET class to which an action binds the request's body. */
import type { Json } from '../../messages/json.ts';

/** In .NET: string, Int32, Guid, DateTime. */
export type FieldType = 'text' | 'int' | 'guid' | 'date';

/** A property of the class. */
export type Field = {
  readonly name: string;
  /** For a list: the type of its items. */
  readonly type: FieldType;
  readonly isList: boolean;
  readonly isNullable: boolean;
};

export type Model = {
  /** The class's name: `LicenseRequest`. */
  readonly name: string;
  /** Its .NET namespace: `Alice.Dto.Requests`. */
  readonly namespace: string;
  /** In declaration order. */
  readonly fields: readonly Field[];
  /** The names in the order that the DataContractSerializer expects. */
  readonly alphabetical: readonly string[];
  /** Finds a field by its exact name. */
  find(name: string): Field | undefined;
  /** Finds a field by its name in any letter case. */
  findIgnoringCase(name: string): Field | undefined;
};

export function createModel(model: Pick<Model, 'name' | 'namespace' | 'fields'>): Model {
  const byName = new Map(model.fields.map((field) => [field.name, field]));
  const byLowerName = new Map(model.fields.map((field) => [field.name.toLowerCase(), field]));
  return {
    ...model,
    alphabetical: [...byName.keys()].toSorted(),
    find: (name) => byName.get(name),
    findIgnoringCase: (name) => byName.get(name) ?? byLowerName.get(name.toLowerCase()),
  };
}

export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

/** The value that .NET gives to a property that the request does not set. */
export function defaultOf(field: Field): Json {
  if (field.isNullable) return null;
  return field.type === 'int' ? 0 : EMPTY_GUID;
}
