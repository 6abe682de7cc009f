/** Parses YAML into a value with line numbers. */
import { createRequire } from 'node:module';
import type * as JsYaml from 'js-yaml';
import type * as Yaml from 'yaml';
import { messageOf } from '../errors.ts';
import { findKnownValue, rememberValue } from './known-values.ts';

export type YamlDocument = {
  readonly value: unknown;
  /** The first fault, if the text is not YAML; `value` is then meaningless. */
  readonly fault: { readonly line: number; readonly message: string } | undefined;
  /** The line, from 1, of the value at a path; if it is missing, the line of its parent. */
  lineOf(path: readonly string[]): number;
};

/** Loaded at the first use: most texts are read by the other parser, or have been read when the package was built. */
const require = createRequire(import.meta.url);
const yaml = () => require('yaml') as typeof Yaml;
const jsYaml = () => require('js-yaml') as typeof JsYaml;

/** May also match text that only looks like one. */
const ANCHOR = /(?:^|[\s,[{])&\S/m;

/** Far more than any of our files contains. */
const MAX_VALUES = 1_000_000;

export function parseYaml(text: string): YamlDocument {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true });
  const [error] = document.errors;
  const { value, fault } = error
    ? {
        value: undefined,
        fault: { line: lines.linePos(error.pos[0]).line, message: error.message },
      }
    : toValue(document, ANCHOR.test(text));
  return {
    value,
    fault: fault && { ...fault, message: withoutPlace(fault.message) },
    lineOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const offset = offsetOf(document, path.slice(0, length));
        if (offset !== undefined) return lines.linePos(offset).line;
      }
      return 1;
    },
  };
}

/** The parser's message ends with its own words for the line, and an excerpt. */
function withoutPlace(message: string): string {
  const [sentence = ''] = message.split('\n');
  return sentence.replace(/ at line \d+, column \d+:$/, '');
}

/**
 * Parses ten times as fast. For specs and ledger, which are long and read at every start. js-yaml has no line numbers,
 * so the slower parser reads a text with a fault again. It also reads texts whose aliases expand to a huge value, because
 * js-yaml follows aliases without a limit. See decision 5.
 */
export function parseLongYaml(text: string): YamlDocument {
  const lineOf: YamlDocument['lineOf'] = (path) => parseYaml(text).lineOf(path);
  const known = findKnownValue(text);
  if (known) return { ...known, fault: undefined, lineOf };
  let value: unknown;
  const { CORE_SCHEMA, load, mergeTag } = jsYaml();
  try {
    // YAML 1.2 plus the merge key `<<` of YAML 1.1, which many files still use.
    value = load(text, { schema: CORE_SCHEMA.withTags(mergeTag) });
  } catch {
    return parseYaml(text);
  }
  if (ANCHOR.test(text) && !isBounded(value)) return parseYaml(text);
  rememberValue(text, value);
  return { value, fault: undefined, lineOf };
}

/**
 * The parser refuses unknown aliases and those that expand a small text into a huge value, but not aliases that refer to
 * a value that contains them.
 */
function toValue(
  document: Yaml.Document,
  hasAnchors: boolean,
): Pick<YamlDocument, 'value' | 'fault'> {
  try {
    const value: unknown = document.toJS();
    if (hasAnchors && isCircular(value)) {
      return {
        value: undefined,
        fault: { line: 1, message: 'An alias refers to a value that contains it.' },
      };
    }
    return { value, fault: undefined };
  } catch (thrown) {
    return { value: undefined, fault: { line: 1, message: messageOf(thrown) } };
  }
}

/** Counts a value once per alias. A value that contains itself is infinite. */
function isBounded(value: unknown): boolean {
  const open = [value];
  for (let seen = 0; seen < MAX_VALUES; seen += 1) {
    const next = open.pop();
    if (typeof next === 'object' && next !== null) {
      for (const part of Object.values(next)) open.push(part);
    }
    if (open.length === 0) return true;
  }
  return false;
}

function isCircular(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return false;
  } catch {
    return true;
  }
}

/** The position of a field is that of its name, not of its value. */
function offsetOf(document: Yaml.Document, path: readonly string[]): number | undefined {
  const { isMap, isScalar } = yaml();
  const keys = path.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const parent = document.getIn(keys.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1));
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const node = document.getIn(keys, true) as { range?: readonly number[] } | undefined;
  return node?.range?.[0];
}
