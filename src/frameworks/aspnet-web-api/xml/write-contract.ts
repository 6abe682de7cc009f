/** Writes an answer with the same bytes and prefixes as the DataContractSerializer. Row XML-VALUES. */
import { isJsonObject, type Json, type JsonObject } from '../../../messages/json.ts';
import type { DataContract, DataMember } from './data-contract.ts';
import { ARRAYS_NAMESPACE, contractNamespace, INSTANCE_NAMESPACE } from './namespaces.ts';
import { NIL, writeDictionary, writeObject, writeObjects } from './write-object.ts';
import { element, textElement } from './write-xml.ts';

/** The declarations around an element. `prefixes` is keyed by namespace; the default namespace has the prefix ''. */
type Scope = { readonly depth: number; readonly prefixes: Readonly<Record<string, string>> };

type Opened = { readonly name: string; readonly attributes: string; readonly scope: Scope };

/** An element in an undeclared namespace makes that namespace the default one. */
function openElement(local: string, namespace: string, scope: Scope): Opened {
  const prefix = scope.prefixes[namespace];
  if (prefix !== undefined) {
    return { name: prefix === '' ? local : `${prefix}:${local}`, attributes: '', scope };
  }
  const others = Object.entries(scope.prefixes).filter(([, each]) => each !== '');
  const prefixes = { ...Object.fromEntries(others), [namespace]: '' };
  return { name: local, attributes: ` xmlns="${namespace}"`, scope: { ...scope, prefixes } };
}

/** Declares a prefix, which is named after the depth of the element. */
function declare(
  namespace: string,
  depth: number,
  scope: Scope,
): Pick<Opened, 'attributes' | 'scope'> {
  if (scope.prefixes[namespace] !== undefined) return { attributes: '', scope };
  const prefix = `d${depth}p1`;
  return {
    attributes: ` xmlns:${prefix}="${namespace}"`,
    scope: { ...scope, prefixes: { ...scope.prefixes, [namespace]: prefix } },
  };
}

/** Writes a whole document. */
export function writeContract(contract: DataContract, value: Json): string {
  const namespace = contractNamespace(contract.namespace);
  const attributes = ` xmlns:i="${INSTANCE_NAMESPACE}" xmlns="${namespace}"`;
  const scope: Scope = { depth: 2, prefixes: { [namespace]: '' } };
  const content = contract.itemsOf
    ? writeItems(contract.itemsOf, value, scope)
    : writeMembers(contract, isJsonObject(value) ? value : {}, scope);
  return element(contract.name, content, attributes);
}

function writeMembers(contract: DataContract, owner: JsonObject, scope: Scope): string {
  return contract.members
    .map((member) => {
      const value = owner[member.name] ?? null;
      const declaredIn = member.declaredIn ?? contract.namespace;
      const opened = openElement(member.element, contractNamespace(declaredIn), scope);
      return writeMember(member, value, owner, declaredIn, opened);
    })
    .join('');
}

function writeMember(
  member: DataMember,
  value: Json,
  owner: JsonObject,
  declaredIn: string,
  { name, attributes, scope }: Opened,
): string {
  const { depth } = scope;
  switch (member.kind) {
    case 'text':
    case 'int':
      return value === null
        ? element(name, '', attributes + NIL)
        : textElement(name, String(value), attributes);
    case 'boolean':
      return textElement(name, String(value === true), attributes);
    case 'enum':
      return textElement(name, enumName(member.names, value), attributes);
    case 'class':
    case 'list':
    case 'values':
    case 'map': {
      const within = declareWithin(member, declaredIn, scope);
      const all = attributes + within.attributes;
      if (value === null) return element(name, '', all + NIL);
      return element(name, writeInside(member, value, within.scope), all);
    }
    case 'object':
      return writeObject(name, value, { depth, field: member.fieldOf?.(owner) });
    case 'objects':
      return writeObjects(name, value, depth);
    case 'dictionary':
      return writeDictionary(name, value, depth, (key) => member.fieldOf(owner, key));
  }
}

type Holder = Extract<DataMember, { kind: 'class' | 'list' | 'values' | 'map' }>;

/** A member declares a prefix if its content is in another namespace than its class, even if it is null. */
function declareWithin(
  member: Holder,
  declaredIn: string,
  scope: Scope,
): Pick<Opened, 'attributes' | 'scope'> {
  const isOwn = member.kind === 'class' || member.kind === 'list';
  const namespace = isOwn ? contractNamespace(member.of.namespace) : ARRAYS_NAMESPACE;
  const inside = { ...scope, depth: scope.depth + 1 };
  if (namespace === contractNamespace(declaredIn)) return { attributes: '', scope: inside };
  return declare(namespace, scope.depth, inside);
}

function writeInside(member: Holder, value: Json, scope: Scope): string {
  switch (member.kind) {
    case 'class':
      return writeMembers(member.of, isJsonObject(value) ? value : {}, scope);
    case 'list':
      return writeItems(member.of, value, scope);
    case 'values':
      return writeValues(member.item, value, scope);
    case 'map':
      return writeMap(member, value, scope);
  }
}

function writeItems(contract: DataContract, items: Json, scope: Scope): string {
  if (!Array.isArray(items)) return '';
  const namespace = contractNamespace(contract.namespace);
  return items
    .filter((item) => isJsonObject(item))
    .map((item) => {
      const opened = openElement(contract.name, namespace, scope);
      const inside = { ...opened.scope, depth: scope.depth + 1 };
      return element(opened.name, writeMembers(contract, item, inside), opened.attributes);
    })
    .join('');
}

function writeValues(item: string, values: Json, scope: Scope): string {
  if (!Array.isArray(values)) return '';
  const { name } = openElement(item, ARRAYS_NAMESPACE, scope);
  return values
    .map((each) => (each === null ? element(name, '', NIL) : textElement(name, String(each))))
    .join('');
}

/** Writes `KeyValueOf…` elements, each with a `Key` and a `Value`. */
function writeMap(
  { item, of }: Extract<DataMember, { kind: 'map' }>,
  map: Json,
  scope: Scope,
): string {
  if (!isJsonObject(map)) return '';
  const named = (name: string) => openElement(name, ARRAYS_NAMESPACE, scope).name;
  return Object.entries(map)
    .map(([key, each]) => {
      const written = writeMapValue(named('Value'), each, of, { ...scope, depth: scope.depth + 1 });
      return element(named(item), textElement(named('Key'), key) + written);
    })
    .join('');
}

function writeMapValue(
  name: string,
  value: Json,
  of: DataContract | readonly string[],
  scope: Scope,
): string {
  if (!('members' in of)) return textElement(name, enumName(of, value));
  const within = declare(contractNamespace(of.namespace), scope.depth, {
    ...scope,
    depth: scope.depth + 1,
  });
  if (!isJsonObject(value)) return element(name, '', within.attributes + NIL);
  return element(name, writeMembers(of, value, within.scope), within.attributes);
}

function enumName(names: readonly string[], value: Json): string {
  return names[Number(value)] ?? names[0] ?? '';
}
