/** Parses values for a scenario's parameters from the command line. */
import { wrong, type Value } from '../config/options.ts';

const PAIR = /^([A-Za-z_]\w*)=(.*)$/s;
/** Matches a JSON number, boolean or string. Anything else, such as `007`, is text. */
const TYPED = /^(?:-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?|true|false|".*")$/s;

/** Parses `name=value` pairs. The last value of a name counts. Throws `MockError` `bad-option`. */
export function parseParams(
  pairs: readonly Value[],
): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = PAIR.exec(pair.text) ?? [];
      if (name !== undefined && value !== undefined) return [name, parseValue(value)];
      throw wrong(pair, 'Write name=value');
    }),
  );
}

function parseValue(text: string): string | number | boolean {
  if (!TYPED.test(text)) return text;
  try {
    return JSON.parse(text) as string | number | boolean;
  } catch {
    // Quotes that are not a JSON string are part of the text.
    return text;
  }
}
