/** Renders a value as Prism's server does: `<xml>` as the root, and an element for each field and list item. */
import type { Json } from '../../messages/json.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export function renderXml(value: Json, name = 'xml'): string {
  if (Array.isArray(value)) return value.map((item) => renderXml(item, name)).join('');
  if (value === null) return `<${name}/>`;
  const inner =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([key, field]) => renderXml(field, key))
          .join('')
      : String(value).replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
  return `<${name}>${inner}</${name}>`;
}
