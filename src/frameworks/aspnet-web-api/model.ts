/** Describes a .NET class to which an action binds the request's body. */
import type { Json } from '../../messages/json.ts';

/** In .NET: string, Int32, Boolean, Guid, DateTime, an enum, object, another class. */
export type FieldType = 'text' | 'int' | 'boolean' | 'guid' | 'date' | 'enum' | 'value' | 'class';

/** A property of the class. */
export type Field = {
  readonly name: string;
  /** For a list or a map: the type of its items. */
  readonly type: FieldType;
  readonly isList: boolean;
  readonly isNullable: boolean;
  /** True for a dictionary from texts to values of the type. */
  readonly isMap?: boolean;
  /** For an enum: its names, in the order of their numbers from 0. */
  readonly names?: readonly string[];
  /** For a class: its description. */
  readonly of?: Model;
  /** The .NET namespace of the base class that declares it; undefined if the class itself does. */
  readonly declaredIn?: string;
};

export type Model = {
  /** The class's name: `LicenseRequest`. */
  readonly name: string;
  /** Its .NET namespace: `Alice.Dto.Requests`. */
  readonly namespace: string;
  /** In declaration order. */
  readonly fields: readonly Field[];
  /** The names in the order that the DataContractSerializer expects: those of the base class first. */
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

/** True if the field holds objects or a dictionary. */
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
