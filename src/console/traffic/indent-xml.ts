/** Indents XML for reading. Text that is not well-formed stays as it is. */
export function indentXml(text: string): string {
  const document = new DOMParser().parseFromString(text, 'application/xml');
  if (document.querySelector('parsererror')) return text;
  const declaration = /^\s*(<\?xml[^?]*\?>)/.exec(text)?.[1];
  const lines = declaration === undefined ? [] : [declaration];
  if (document.documentElement) add(lines, document.documentElement, 0);
  return lines.join('\n');
}

function add(lines: string[], element: Element, depth: number): void {
  const indent = '  '.repeat(depth);
  const children = [...element.children];
  const hasText = [...element.childNodes].some(
    (node) => node.nodeType !== Node.ELEMENT_NODE && node.textContent?.trim(),
  );
  if (children.length === 0 || hasText) {
    lines.push(indent + serialize(element));
    return;
  }
  const [open = ''] = /^<[^>]*>/.exec(serialize(element)) ?? [];
  lines.push(indent + open);
  for (const child of children) add(lines, child, depth + 1);
  lines.push(`${indent}</${element.tagName}>`);
}

/** Without the namespace that the serializer repeats on every element. */
function serialize(element: Element): string {
  const text = new XMLSerializer().serializeToString(element);
  const own = element.getAttribute('xmlns');
  const inherited = element.parentElement?.namespaceURI;
  return own === null && inherited ? text.replace(` xmlns="${inherited}"`, '') : text;
}
