/** Lays JSON out in lines, each with the path of its value, so that a note can stand beside a field. */

type Token = {
  readonly kind: 'key' | 'text' | 'number' | 'word' | 'sign';
  readonly text: string;
};

export type JsonLine = {
  readonly depth: number;
  readonly tokens: readonly Token[];
  /** The value that starts on the line; a closing bracket has none. */
  readonly path?: readonly (string | number)[];
};

/** Lists and objects whose text is at most this long stay on one line. */
const SHORT = 64;

export function layOutJson(value: unknown): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  add(lines, value, { depth: 0, path: [], before: [], after: [] });
  return lines;
}

type Place = {
  readonly depth: number;
  readonly path: readonly (string | number)[];
  readonly before: readonly Token[];
  readonly after: readonly Token[];
};

function add(lines: JsonLine[], value: unknown, { depth, path, before, after }: Place): void {
  const items = itemsOf(value);
  const isFlat = items?.every(([, item]) => itemsOf(item) === undefined) ?? true;
  const isShort = isFlat && Array.isArray(value) && JSON.stringify(value).length <= SHORT;
  if (!items || items.length === 0 || isShort) {
    lines.push({ depth, path, tokens: [...before, ...inline(value), ...after] });
    return;
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  lines.push({ depth, path, tokens: [...before, sign(open)] });
  for (const [index, [key, item]] of items.entries()) {
    const named: Token[] =
      typeof key === 'string' ? [{ kind: 'key', text: JSON.stringify(key) }, sign(': ')] : [];
    add(lines, item, {
      depth: depth + 1,
      path: [...path, key],
      before: named,
      after: index < items.length - 1 ? [sign(',')] : [],
    });
  }
  lines.push({ depth, tokens: [sign(close), ...after] });
}

/** Undefined: a value without parts. */
function itemsOf(value: unknown): readonly (readonly [string | number, unknown])[] | undefined {
  if (Array.isArray(value)) return value.map((item, index) => [index, item] as const);
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

function inline(value: unknown): readonly Token[] {
  if (Array.isArray(value)) {
    const parts = value.flatMap((item, index) => [
      ...(index > 0 ? [sign(', ')] : []),
      ...inline(item),
    ]);
    return [sign('['), ...parts, sign(']')];
  }
  const text = JSON.stringify(value) ?? 'undefined';
  const kind = typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'word';
  return [typeof value === 'object' && value !== null ? sign(text) : { kind, text }];
}

function sign(text: string | undefined): Token {
  return { kind: 'sign', text: text ?? '' };
}
