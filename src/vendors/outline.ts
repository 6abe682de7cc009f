/** What a collection's records are to people: their name, what happens to them and when, and what belongs to them. */
import type { Collection, Condition } from '../store/store.ts';

export type Outline = {
  readonly collection: Collection<never>;
  /** A plural for people: `Licenses`. */
  readonly label: string;
  /** The field that names a record for people. */
  readonly title: string;
  /** The fields that a table shows. */
  readonly columns: readonly string[];
  /** Fields that hold an ISO 8601 time, in the order of a record's life, and what happens then: `expires`. */
  readonly moments: readonly { readonly field: string; readonly event: string }[];
  /** Which records have a life at all. A deleted license no longer expires. */
  readonly living: readonly Condition<never>[];
  /** Records elsewhere whose `field` has the value of this record's `by`. */
  readonly parts: readonly Part[];
  readonly operations: readonly Operation[];
};

type Part = { readonly collection: Collection<never>; readonly field: string; readonly by: string };

/** An operation of the vendor that makes, changes or removes a record. */
type Operation = {
  readonly does: 'create' | 'change' | 'remove';
  readonly operation: string;
  /** By parameter of the path or field of the body: the field of the record that it is given. */
  readonly ids: Readonly<Record<string, string>>;
};

type FieldOf<R> = keyof R & string;

/** Checks the names of the record's fields against its type. What is left out is empty. */
export function outline<R extends object>(
  collection: Collection<R>,
  facts: {
    readonly label: string;
    readonly title: FieldOf<R>;
    readonly columns: readonly FieldOf<R>[];
    readonly moments?: readonly { readonly field: FieldOf<R>; readonly event: string }[];
    readonly living?: readonly Condition<R>[];
    readonly parts?: readonly (Part & { readonly by: FieldOf<R> })[];
    readonly operations?: readonly Operation[];
  },
): Outline {
  return { moments: [], living: [], parts: [], operations: [], ...facts, collection };
}
