/** YAML text as a value that still knows its lines. */
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';

export type YamlDocument = {
  readonly value: unknown;
  /** Where the text is no YAML, the first fault; `value` is then of no use. */
  readonly fault: { readonly line: number; readonly message: string } | undefined;
  /** The line, from 1, of what is at a path; where nothing is there, of what should hold it. */
  lineOf(path: readonly string[]): number;
};

export function parseYaml(text: string): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  return {
    value: error ? undefined : document.toJS(),
    fault: error && {
      line: lines.linePos(error.pos[0]).line,
      message: error.message.split('\n')[0] ?? '',
    },
    lineOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const offset = offsetOf(document, path.slice(0, length));
        if (offset !== undefined) return lines.linePos(offset).line;
      }
      return 1;
    },
  };
}

/** A field is where its name stands, not its value. */
function offsetOf(document: Document, path: readonly string[]): number | undefined {
  const keys = path.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const parent = document.getIn(keys.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1));
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const node = document.getIn(keys, true) as { range?: readonly number[] } | undefined;
  return node?.range?.[0];
}
