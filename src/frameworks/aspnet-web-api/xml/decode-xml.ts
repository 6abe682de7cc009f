/**
 * Decodes XML as the DataContractSerializer does: it expects members in alphabetical order and in the
 * class's namespace, and silently drops members that are late or unknown. Row XML-ORDER.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { messageOf } from '../../../errors.ts';
import type { Json, JsonObject } from '../../../messages/json.ts';
import { createTolerance, shorten, unreadable, type Decoded } from '../decoded.ts';
import { isNested, type Field, type Model } from '../model.ts';
import { ARRAYS_NAMESPACE, contractNamespace, INSTANCE_NAMESPACE } from './namespaces.ts';
import { readNested, type NestedNode } from './read-nested.ts';

/** Maximum depth of Web API's formatters. Row DEPTH. */
const MAX_DEPTH = 256;

type Root = { readonly name: string; readonly namespace: string };

export function decodeXml(text: string, charset: 'utf-8' | 'utf-16', model: Model): Decoded {
  const root: Root = { name: model.name, namespace: contractNamespace(model.namespace) };
  const body: JsonObject = {};
  const tolerance = createTolerance();
  let isNull = false;
  let depth = 0;
  /** Index of the first member that can still be read. */
  let nextMember = 0;
  /** Depth of the element that is ignored or nil; nothing below it is read. */
  let ignoredFrom = Infinity;
  /** The open member, its value so far, and its open item. */
  let field: Field | undefined;
  let value: string | Json[] | null = null;
  let item: string | null | undefined;
  /** The open elements of a member that holds classes or a dictionary, the member itself first. */
  const nested: NestedNode[] = [];

  function openRoot(tag: SaxesTagNS): void {
    if (tag.local !== root.name || tag.uri !== root.namespace) {
      throw new Error(`The root is to be ${root.name} of namespace ${root.namespace}.`);
    }
    const type = findAttribute(tag, 'type');
    if (type && !isOwnType(type.value, tag, root))
      throw new Error(`${type.value} is no ${root.name}.`);
    isNull = isNil(tag);
    if (isNull) ignoredFrom = depth;
  }

  function openMember(tag: SaxesTagNS): void {
    const index = isMember(tag) ? model.alphabetical.indexOf(tag.local) : -1;
    if (index < nextMember) {
      tolerance.add(
        [tag.local],
        'additionalProperties',
        explainIgnored(tag, index, model),
        'XML-ORDER',
      );
      ignoredFrom = depth;
      return;
    }
    nextMember = index + 1;
    field = model.find(tag.local);
    if (isNil(tag)) {
      value = null;
      ignoredFrom = depth;
    } else {
      value = field?.isList ? [] : '';
      if (field && isNested(field)) nested.push(toNode(tag));
    }
  }

  /** A member is in the namespace of the class that declares it. */
  function isMember(tag: SaxesTagNS): boolean {
    const declaredIn = model.find(tag.local)?.declaredIn;
    const wanted = declaredIn === undefined ? root.namespace : contractNamespace(declaredIn);
    return tag.uri === wanted;
  }

  function openNested(tag: SaxesTagNS): void {
    const node = toNode(tag);
    nested.at(-1)?.children.push(node);
    nested.push(node);
  }

  function openInside(tag: SaxesTagNS, within: Field): void {
    if (!Array.isArray(value) || depth > 3) {
      throw new Error(`${within.name} holds an element ${shorten(tag.local)}.`);
    }
    if (tag.uri === ARRAYS_NAMESPACE && tag.local === itemName(within)) {
      item = isNil(tag) ? null : '';
      if (item === null) ignoredFrom = depth;
      return;
    }
    const wanted = `${itemName(within)} of namespace ${ARRAYS_NAMESPACE}`;
    const message = `"${shorten(tag.local)}" is not an item (${wanted}); the vendor ignores it.`;
    tolerance.add([within.name, value.length], 'additionalProperties', message, 'XML-ORDER');
    ignoredFrom = depth;
  }

  function onText(piece: string): void {
    if (depth >= ignoredFrom) return;
    const innermost = nested.at(-1);
    if (innermost) {
      innermost.text += piece;
      return;
    }
    if (depth === 3 && typeof item === 'string') item += piece;
    else if (depth === 2 && typeof value === 'string') value += piece;
    else if (depth > 0 && /[^ \t\r\n]/.test(piece)) {
      throw new Error('There is text where an element was wanted.');
    }
  }

  function onClose(): void {
    if (depth <= ignoredFrom) {
      if (depth === 3 && item !== undefined && Array.isArray(value)) {
        value.push(item);
        item = undefined;
      }
      const node = nested.pop();
      if (depth === 2 && field) {
        body[field.name] = node ? readNested(node, field, tolerance) : value;
        field = undefined;
      }
      if (depth === ignoredFrom) ignoredFrom = Infinity;
    }
    depth -= 1;
  }

  const parser = new SaxesParser({ xmlns: true });
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== '1.0') throw new Error('The version of XML is to be 1.0.');
    if (encoding !== undefined && encoding.toLowerCase() !== charset) {
      throw new Error(`The declaration says ${encoding}, the document is ${charset}.`);
    }
  });
  parser.on('doctype', () => refuse('A document type'));
  parser.on('processinginstruction', () => refuse('A processing instruction'));
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > MAX_DEPTH) throw new Error(`The body is deeper than ${MAX_DEPTH} levels.`);
    if (depth > ignoredFrom) return;
    if (depth === 1) openRoot(tag);
    else if (depth === 2) openMember(tag);
    else if (nested.length > 0) openNested(tag);
    else if (field) openInside(tag, field);
  });
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', onClose);
  try {
    parser.write(text).close();
  } catch (thrown) {
    return unreadable(messageOf(thrown), 'XML-READER');
  }
  const spelling = new Map(Object.keys(body).map((name) => [name, name]));
  return {
    body: isNull ? null : body,
    spelling,
    faults: [],
    tolerated: tolerance.list(),
    rows: tolerance.rows,
  };
}

function toNode(tag: SaxesTagNS): NestedNode {
  return { name: tag.local, namespace: tag.uri, isNil: isNil(tag), children: [], text: '' };
}

function refuse(what: string): never {
  throw new Error(`${what} is not allowed.`);
}

function itemName(field: Field): string {
  return field.type === 'guid' || field.type === 'int' ? field.type : 'string';
}

function explainIgnored(tag: SaxesTagNS, index: number, model: Model): string {
  const name = shorten(tag.local);
  if (index >= 0) {
    return `"${name}" is out of alphabetical order or occurs twice; the vendor ignores it.`;
  }
  const known = model.findIgnoringCase(tag.local)?.name;
  if (known === tag.local) {
    return `"${name}" is not in the namespace ${contractNamespace(model.namespace)}; the vendor ignores it.`;
  }
  return `"${name}" is ${known ? `spelt ${known} in the docs` : 'not a documented element'}; the vendor ignores it.`;
}

function findAttribute(tag: SaxesTagNS, local: string) {
  return Object.values(tag.attributes).find(
    (attribute) => attribute.uri === INSTANCE_NAMESPACE && attribute.local === local,
  );
}

function isNil(tag: SaxesTagNS): boolean {
  const nil = findAttribute(tag, 'nil');
  if (!nil) return false;
  const text = nil.value.trim();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new Error(`${shorten(text)} is no boolean.`);
}

/** True if i:type names the root's own type. The vendor knows no subclass. */
function isOwnType(name: string, tag: SaxesTagNS, root: Root): boolean {
  const parts = name.trim().split(':');
  const local = parts.pop();
  const prefix = parts[0] ?? '';
  return local === root.name && (prefix === tag.prefix || tag.ns[prefix] === root.namespace);
}
