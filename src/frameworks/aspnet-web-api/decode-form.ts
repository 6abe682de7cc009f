/**
 * Decodes a form as Web API's model binding reads its keys: `a=1&a=2`, `a[]=1`, `a[0]=1`. If several values
 * are sent for a property that takes one, the first counts. Row FORM-BINDING.
 */
import type { Json, JsonObject } from '../../messages/json.ts';
import { createTolerance, shorten, unreadable, type Decoded } from './decoded.ts';
import type { Field, Model } from './model.ts';

/** MediaTypeFormatter.MaxHttpCollectionKeys. Row FORM-KEYS. */
const MAX_KEYS = 1_000;
const INDEXED = /^(.*)\[(\d+)\]$/s;

type Sent = { readonly plain: string[]; readonly indexed: Map<string, string> };

export function decodeForm(bytes: Buffer, model: Model): Decoded {
  const tolerance = createTolerance();
  const sent = new Map<Field, Sent>();
  let count = 0;
  for (const [key, text] of new URLSearchParams(bytes.toString('utf8'))) {
    count += 1;
    if (count > MAX_KEYS) {
      return unreadable(`There are more than ${MAX_KEYS} keys.`, 'FORM-KEYS');
    }
    const name = normalizeKey(key);
    if (name === undefined) {
      return unreadable(`A bracket is not closed in ${shorten(key)}.`, 'FORM-BINDING');
    }
    collect(name, text);
  }

  function collect(name: string, text: string): void {
    const [, listName, index] = INDEXED.exec(name) ?? [];
    const written = listName ?? name;
    const field = model.findIgnoringCase(written);
    if (!field || (index !== undefined && !field.isList)) {
      const message = `"${shorten(name)}" is not a documented property; the vendor ignores it.`;
      tolerance.add([name], 'additionalProperties', message, 'NAMES');
      return;
    }
    if (field.name !== written) {
      const message = `"${written}" is spelt ${field.name} in the docs; the vendor accepts it anyway.`;
      tolerance.add([written], 'additionalProperties', message, 'NAMES');
    }
    const values = sent.get(field) ?? { plain: [], indexed: new Map<string, string>() };
    sent.set(field, values);
    if (index === undefined) values.plain.push(text);
    else if (!values.indexed.has(index)) values.indexed.set(index, text);
  }

  const body: JsonObject = {};
  const indexed = new Set<string>();
  const attempted = new Map<string, string>();
  for (const [field, values] of sent) {
    const isIndexed = field.isList && values.plain.length === 0;
    if (isIndexed) indexed.add(field.name);
    attempted.set(field.name, values.plain.join(','));
    body[field.name] = field.isList ? listOf(values) : (values.plain[0] ?? null);
  }
  const spelling = new Map(Object.keys(body).map((name) => [name, name]));
  return {
    body,
    spelling,
    faults: [],
    tolerated: tolerance.list(),
    rows: tolerance.rows,
    form: { indexed, attempted },
  };
}

/** Plain values hide indexed ones. Indexed values are read from 0 up to the first missing index. */
function listOf({ plain, indexed }: Sent): Json {
  if (plain.length > 0) return plain;
  const items: string[] = [];
  for (;;) {
    const next = indexed.get(String(items.length));
    if (next === undefined) return items;
    items.push(next);
  }
}

/** Converts jQuery's keys to model binding's: `a[]` to `a`, `a[b]` to `a.b`; undefined if a bracket is not closed. */
function normalizeKey(key: string): string | undefined {
  let normal = '';
  let from = 0;
  for (;;) {
    const open = key.indexOf('[', from);
    if (open < 0) return normal + key.slice(from);
    const close = key.indexOf(']', open);
    if (close < 0) return undefined;
    const inner = key.slice(open + 1, close);
    normal += key.slice(from, open);
    if (/^\d/.test(inner)) normal += `[${inner}]`;
    else if (inner !== '') normal += `.${inner}`;
    from = close + 1;
  }
}
