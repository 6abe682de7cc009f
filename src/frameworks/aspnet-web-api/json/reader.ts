/**
 * Walks a JSON document and tracks the current path as Json.NET does: the path of a property is current
 * from its name until the next name, the path of a list item until the next item. At a syntax error,
 * Json.NET reports the path once for each loop that it leaves; `timesOf` counts these loops.
 */
import type { Json, JsonObject } from '../../../messages/json.ts';
import { shorten, type ReadFailure, type Path, type Tolerance } from '../decoded.ts';
import { createScanner, JsonFault, readFloatLiteral, readIntegerLiteral } from './scanner.ts';

/** Maximum depth of Web API's formatters. Row DEPTH. */
const MAX_DEPTH = 256;

type Level = {
  readonly kind: 'object' | 'list' | 'ignored list';
  /** The last name or index that was read; undefined if none was. */
  at: string | number | undefined;
};
type Phase = 'name' | 'value' | 'after' | 'mismatch';

/** Ends the reading and carries its faults to `readDocument`. */
class Stopped extends Error {
  readonly faults: readonly ReadFailure[];
  constructor(faults: readonly ReadFailure[]) {
    super('stopped');
    this.faults = faults;
  }
}

/** Runs `read` on the document. Returns the faults that ended it; none if all of it was read. */
export function readDocument(
  text: string,
  tolerance: Tolerance,
  read: (reader: Reader) => void,
): readonly ReadFailure[] {
  const reader = createReader(text, tolerance);
  try {
    reader.scanner.skipSpace();
    read(reader);
    return [];
  } catch (thrown) {
    if (thrown instanceof Stopped) return thrown.faults;
    if (thrown instanceof JsonFault) return reader.faultsOf(thrown);
    throw thrown;
  }
}

export type Reader = ReturnType<typeof createReader>;

function createReader(text: string, tolerance: Tolerance) {
  const levels: Level[] = [];
  let phase: Phase = 'value';
  const scanner = createScanner(text, (what) => {
    const message = `JSON does not allow ${what}; Json.NET does.`;
    tolerance.add(path(), 'syntax', message, 'JSON-LENIENCY');
  });

  function path(): Path {
    return levels.flatMap(({ at }) => (at === undefined ? [] : [at]));
  }

  function push(kind: Level['kind']): Level {
    if (levels.length === MAX_DEPTH) stopTooDeep(kind);
    const level: Level = { kind, at: undefined };
    levels.push(level);
    return level;
  }

  /** Json.NET reads on, and meets the end of a list that it did not recognize as a list. */
  function stopTooDeep(kind: Level['kind']): never {
    const here = path();
    const message = `The body is deeper than ${MAX_DEPTH} levels.`;
    const found: ReadFailure = { path: here, message, row: 'DEPTH' };
    throw new Stopped(kind === 'object' ? [found] : [found, { ...found, path: here.slice(0, 1) }]);
  }

  /** Call it after a value. Returns true if another value follows. */
  function takeSeparator(close: string, otherClose: string): boolean {
    phase = 'after';
    scanner.skipSpace();
    if (scanner.take(',')) {
      scanner.skipSpace();
      if (scanner.peek() !== close) return true;
      const message = 'JSON does not allow a comma after the last value; Json.NET does.';
      tolerance.add(path(), 'syntax', message, 'JSON-LENIENCY');
      return true;
    }
    if (scanner.peek() === close) return true;
    if (scanner.peek() === otherClose) {
      levels.pop();
      phase = 'mismatch';
    }
    return scanner.fail(
      scanner.isAtEnd() ? `The text ends before ${close}.` : `${scanner.peek()} follows a value.`,
    );
  }

  function eachProperty(onProperty: (name: string) => void): void {
    scanner.take('{');
    const level = push('object');
    phase = 'name';
    scanner.skipSpace();
    while (!scanner.take('}')) {
      phase = 'name';
      if (scanner.isAtEnd()) scanner.fail('The text ends inside an object.');
      const name = scanner.readName();
      level.at = name;
      phase = 'value';
      scanner.skipSpace();
      onProperty(name);
      takeSeparator('}', ']');
    }
    levels.pop();
  }

  function eachItem(onItem: () => void, isKnown = true): void {
    scanner.take('[');
    const level = push(isKnown ? 'list' : 'ignored list');
    scanner.skipSpace();
    let count = 0;
    while (!scanner.take(']')) {
      phase = 'value';
      if (scanner.isAtEnd()) scanner.fail('The text ends inside a list.');
      const before = level.at;
      level.at = count;
      try {
        onItem();
      } catch (thrown) {
        // The reader moves on to an item only after it has read a token of that item.
        if (thrown instanceof JsonFault && levels.at(-1) === level) level.at = before;
        throw thrown;
      }
      count += 1;
      takeSeparator(']', '}');
    }
    levels.pop();
  }

  /** Reads any value except a number. Keeps only the first name of an object, and nothing of a list. */
  function readAny(): Json {
    if (scanner.isAtString()) return scanner.readString();
    if (scanner.peek() === '{' || scanner.peek() === '[') return skipContainer();
    const value = scanner.readKeyword();
    if (value !== undefined) return value;
    return scanner.fail(
      scanner.isAtEnd() ? 'The text ends before a value.' : `${scanner.peek()} begins no value.`,
    );
  }

  function skipContainer(): Json {
    if (scanner.peek() === '[') {
      eachItem(skipValue, false);
      return [];
    }
    const first: JsonObject = {};
    let isFirst = true;
    eachProperty((name) => {
      // Plain assignment would not create a property named __proto__.
      if (isFirst) Object.defineProperty(first, name, { value: null, enumerable: true });
      isFirst = false;
      skipValue();
    });
    return first;
  }

  function skipValue(): void {
    const literal = scanner.readNumber();
    if (literal !== '') {
      if (!isNumber(literal)) stopUpset(`${shorten(literal)} is not a number.`);
    } else if (scanner.readWord() === undefined) {
      readAny();
    }
  }

  function stopUpset(message: string): never {
    const here = path();
    const next = 'The reader was upset by a number and found this out of place.';
    throw new Stopped([
      { path: here, message, row: 'NUMBER-LITERALS' },
      { path: findNext(here), message: next, row: 'NUMBER-LITERALS' },
    ]);
  }

  return {
    scanner,
    path,
    eachProperty,
    eachItem,
    readAny,
    skipValue,
    isInList: () => levels.at(-1)?.kind === 'list',

    /** Stops at the first name inside the object that was just read. */
    stopInside(names: readonly string[], message: string): never {
      const row = 'JSON-FAULTS';
      throw new Stopped([{ path: [...path(), ...names.slice(0, 1)], message, row }]);
    },

    /** Stops after a number that confused the reader: Json.NET reports the number, and the next token as unexpected. */
    stopUpset,

    faultsOf(fault: JsonFault): readonly ReadFailure[] {
      const message = `${fault.message} Character ${fault.position + 1}.`;
      const found: ReadFailure = { path: path(), message, row: 'JSON-FAULTS' };
      return Array.from({ length: timesOf(levels, phase, fault) }, () => found);
    },
  };

  function findNext(here: Path): Path {
    if (levels.length > 1) return [];
    try {
      scanner.skipSpace();
      if (scanner.peek() === '}') return [];
      if (!scanner.take(',')) return here;
      scanner.skipSpace();
      return scanner.peek() === '}' ? [] : [scanner.readName()];
    } catch (thrown) {
      if (thrown instanceof JsonFault) return here;
      throw thrown;
    }
  }
}

function timesOf(levels: readonly Level[], phase: Phase, { isEnd }: JsonFault): number {
  const [outer, inner] = levels;
  if (!outer) return 1;
  if (phase === 'mismatch') return levels.length === 1 ? 3 : 1;
  if (levels.length === 1) return phase === 'value' ? 2 : 1;
  if (levels.length !== 2 || inner?.kind !== 'list') return phase === 'value' ? 2 : 1;
  if (isEnd) return 2;
  return inner.at === undefined ? 3 : 4;
}

function isNumber(literal: string): boolean {
  return readIntegerLiteral(literal) !== undefined || readFloatLiteral(literal) !== undefined;
}
