/**
 * Reads an answer's XML back into the value that it was written from: a described class or an HttpError.
 * Verification uses it to check the answers in a contract against the spec.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Json, JsonObject } from '../../../messages/json.ts';
import type { DataContract, DataMember } from './data-contract.ts';
import { INSTANCE_NAMESPACE } from './namespaces.ts';

type Node = {
  readonly name: string;
  /** The value of i:type without its prefix; undefined if there is none. */
  readonly type: string | undefined;
  readonly isNil: boolean;
  readonly children: Node[];
  text: string;
};

/** Returns undefined if the text is not XML or not an answer of the vendor. */
export function readXmlReply(text: string, contracts: readonly DataContract[]): Json | undefined {
  const root = parse(text);
  if (!root) return undefined;
  const contract = findContract(root, contracts);
  const itemsOf = contract?.itemsOf;
  if (itemsOf) return root.children.map((child) => readMembers(child, itemsOf.members));
  if (contract) return readMembers(root, contract.members);
  return root.name === 'Error' ? readError(root) : undefined;
}

/** If several classes have the same name, finds the one that has these members. */
function findContract(
  { name, children }: Node,
  contracts: readonly DataContract[],
): DataContract | undefined {
  const named = contracts.filter((contract) => contract.name === name);
  const fitting = named.find(({ members }) =>
    children.some((child) => members.some((member) => member.name === child.name)),
  );
  return fitting ?? named[0];
}

/** Reads an undescribed element like a value declared as object. */
function readMembers({ children }: Node, members: readonly DataMember[]): JsonObject {
  return Object.fromEntries(
    children.map((child) => [
      child.name,
      readMember(
        child,
        members.find(({ name }) => name === child.name),
      ),
    ]),
  );
}

function readMember(node: Node, member: DataMember | undefined): Json {
  const { isNil, children, text } = node;
  if (isNil) return null;
  switch (member?.kind) {
    case 'text':
      return text;
    case 'int':
      return Number(text);
    case 'boolean':
      return text === 'true';
    case 'class':
      return readMembers(node, member.of.members);
    case 'values':
      return children.map((child) => readValue(child, member.item));
    case 'map':
      return readMap(children, member.of);
    case 'enum':
      return member.names.indexOf(text);
    case 'list':
      return children.map((child) => readMembers(child, member.of.members));
    case 'objects':
      return children.map(readObject);
    case 'dictionary':
      return readDictionary(children);
    default:
      return readObject(node);
  }
}

function readValue({ isNil, text }: Node, item: string): Json {
  if (isNil) return null;
  return item === 'int' ? Number(text) : text;
}

/** Reads `KeyValueOf…` elements, each with a `Key` and a `Value`. */
function readMap(entries: readonly Node[], of: DataContract | readonly string[]): JsonObject {
  return Object.fromEntries(
    entries.map(({ children: [key, value] }): [string, Json] => {
      if (!value || value.isNil) return [key?.text ?? '', null];
      const read = 'members' in of ? readMembers(value, of.members) : of.indexOf(value.text);
      return [key?.text ?? '', read];
    }),
  );
}

/** Reads a value by its i:type. */
function readObject(node: Node): Json {
  const { type, isNil, children, text } = node;
  if (isNil) return null;
  if (type?.startsWith('ArrayOf')) return children.map(readObject);
  if (children.length > 0) return readMembers(node, []);
  if (type === 'int' || type === 'double') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

/** Reads `KeyValueOfstringanyType` elements, each with a `Key` and a `Value`. */
function readDictionary(entries: readonly Node[]): JsonObject {
  return Object.fromEntries(
    entries.map(({ children: [key, value] }) => [
      key?.text ?? '',
      value ? readObject(value) : null,
    ]),
  );
}

/** Reads an HttpError: a map of texts, in which ModelState is a map of lists. */
function readError({ children }: Node): JsonObject {
  return Object.fromEntries(
    children.map((child) => [
      child.name,
      child.name === 'ModelState'
        ? Object.fromEntries(child.children.map((each) => [each.name, [each.text]]))
        : child.children.length > 0
          ? readError(child)
          : child.text,
    ]),
  );
}

function parse(text: string): Node | undefined {
  const open: Node[] = [];
  let root: Node | undefined;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => {
    const node: Node = {
      name: decodeName(tag.local),
      ...readAttributes(tag),
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(node);
    root ??= node;
    open.push(node);
  });
  const addText = (piece: string) => {
    const node = open.at(-1);
    if (node) node.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void open.pop());
  try {
    parser.write(text).close();
  } catch {
    return undefined;
  }
  return root;
}

function readAttributes(tag: SaxesTagNS): Pick<Node, 'type' | 'isNil'> {
  const find = (local: string) =>
    Object.values(tag.attributes).find(
      (attribute) => attribute.uri === INSTANCE_NAMESPACE && attribute.local === local,
    )?.value;
  return { type: find('type')?.replace(/^.*:/, ''), isNil: find('nil') === 'true' };
}

/** Decodes XmlConvert.EncodeName, which writes a character that XML names cannot contain as `_x003C_`. */
function decodeName(name: string): string {
  return name.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
