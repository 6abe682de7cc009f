/** A member of a request that holds classes or a dictionary, as the DataContractSerializer reads it. */
import type { Json, JsonObject } from '../../../messages/json.ts';
import { shorten, type Path, type Tolerance } from '../decoded.ts';
import type { Field, Model } from '../model.ts';
import { ARRAYS_NAMESPACE, contractNamespace } from './namespaces.ts';

export type NestedNode = {
  readonly name: string;
  readonly namespace: string;
  readonly isNil: boolean;
  readonly children: NestedNode[];
  text: string;
};

/** Leaves values as texts; `bind-model.ts` converts them. */
export function readNested(node: NestedNode, field: Field, tolerance: Tolerance): Json {
  const drop = (path: Path, { name }: NestedNode, why: string): void => {
    const message = `"${shorten(name)}" ${why}; the vendor ignores it.`;
    tolerance.add([...path, name], 'additionalProperties', message, 'XML-ORDER');
  };

  function readField(path: Path, of: Field, from: NestedNode): Json {
    if (from.isNil) return null;
    if (of.isMap === true) return readMap(path, of, from);
    return of.isList ? readList(path, of, from) : readValue(path, of, from);
  }

  function readValue(path: Path, { of }: Field, from: NestedNode): Json {
    if (from.isNil) return null;
    return of ? readClass(path, of, from) : from.text;
  }

  function readList(path: Path, of: Field, { children }: NestedNode): Json {
    const namespace = of.of ? contractNamespace(of.of.namespace) : ARRAYS_NAMESPACE;
    const name = of.of?.name ?? (of.type === 'text' ? 'string' : of.type);
    const items = children.filter((each) => each.name === name && each.namespace === namespace);
    for (const each of children) {
      if (!items.includes(each)) drop(path, each, `is not an item (${name} of ${namespace})`);
    }
    return items.map((each, index) => readValue([...path, index], of, each));
  }

  /** The element name of an entry ends in a digest of namespaces that are not all known, so only its start is checked. */
  function readMap(path: Path, of: Field, { children }: NestedNode): Json {
    const entries = children.flatMap((each): [string, Json][] => {
      const find = (wanted: string) =>
        each.children.find(
          ({ name, namespace }) => name === wanted && namespace === ARRAYS_NAMESPACE,
        );
      const [key, value] = [find('Key'), find('Value')];
      const isItem =
        each.namespace === ARRAYS_NAMESPACE && each.name.startsWith('KeyValueOfstring');
      if (isItem && key && value) return [[key.text, readValue([...path, key.text], of, value)]];
      drop(path, each, `is not an entry (KeyValueOfstring… of ${ARRAYS_NAMESPACE})`);
      return [];
    });
    return Object.fromEntries(entries);
  }

  /** Expects alphabetical order, like the root. */
  function readClass(path: Path, model: Model, { children }: NestedNode): JsonObject {
    const read: JsonObject = {};
    let next = 0;
    for (const each of children) {
      const isOwn = each.namespace === contractNamespace(model.namespace);
      const index = isOwn ? model.alphabetical.indexOf(each.name) : -1;
      const member = model.find(each.name);
      if (index < next || !member) {
        drop(path, each, 'is not a documented element here, or is out of alphabetical order');
        continue;
      }
      next = index + 1;
      read[member.name] = readField([...path, member.name], member, each);
    }
    return read;
  }

  return readField([field.name], field, node);
}
