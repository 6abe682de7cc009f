/**
 * An answer's XML back into the value that it was written from: a ValidationResult in either form, or an HttpError.
 * The inverse of write-result.ts and write-error.ts, for who holds a contract against the spec.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Json, JsonObject } from '../../../messages/json.ts';
import { INSTANCE_NAMESPACE } from './namespaces.ts';

type Node = {
  readonly name: string;
  /** Of i:type, without prefix; undefined: none. */
  readonly type: string | undefined;
  readonly isNil: boolean;
  readonly children: Node[];
  text: string;
};

/** Lists, of which an empty one looks like any other empty element. */
const LISTS = new Set(['errors', 'Errors', 'FormattedMessageArguments']);
const SEVERITIES = ['Error', 'Warning', 'Info'];

/** Undefined where the text is no XML, or no answer of the vendor. */
export function readAnswer(text: string): Json | undefined {
  const root = parse(text);
  if (!root) return undefined;
  if (root.name === 'ValidationResult') return readMembers(root);
  return root.name === 'Error' ? readMap(root) : undefined;
}

function readMembers({ children }: Node): JsonObject {
  return Object.fromEntries(children.map((child) => [child.name, readMember(child)]));
}

function readMember(node: Node): Json {
  const { name, type, isNil, children, text } = node;
  if (isNil) return null;
  const member = /^<(\w+)>k__BackingField$/.exec(name)?.[1] ?? name;
  if (member === 'Severity') return SEVERITIES.indexOf(text);
  if (member === 'IsValid') return text === 'true';
  if (member === 'FormattedMessagePlaceholderValues') return readDictionary(children);
  if (LISTS.has(member)) {
    return children.map((child) =>
      child.name === 'ValidationFailure' ? readMembers(child) : readMember(child),
    );
  }
  if (type?.startsWith('ArrayOf')) return children.map(readMember);
  if (children.length > 0) return readMembers(node);
  if (type === 'int' || type === 'double') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

/** `KeyValueOfstringanyType` of `Key` and `Value`. */
function readDictionary(entries: readonly Node[]): JsonObject {
  return Object.fromEntries(
    entries.map(({ children: [key, value] }) => [
      key?.text ?? '',
      value ? readMember(value) : null,
    ]),
  );
}

/** HttpError: a map of texts, ModelState a map of lists. */
function readMap({ children }: Node): JsonObject {
  return Object.fromEntries(
    children.map((child) => [
      child.name,
      child.name === 'ModelState'
        ? Object.fromEntries(child.children.map((each) => [each.name, [each.text]]))
        : child.children.length > 0
          ? readMap(child)
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

/** `_x003C_` is how a name spells what XML does not let it have (XmlConvert.EncodeName). */
function decodeName(name: string): string {
  return name.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
