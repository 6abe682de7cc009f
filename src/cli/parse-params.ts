/** Values for a scenario's parameters, as they are typed on a command line. */
import { wrong, type Value } from '../config/options.ts';

const PAIR = /^([A-Za-z_]\w*)=(.*)$/s;
/** What JSON calls a number, a boolean or a text; `007` is none of them, and so is text as it stands. */
const TYPED = /^(?:-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?|true|false|".*")$/s;

/** `name=value` pairs, the last of one name counts. Throws `MockError` `bad-option`. */
export function parseParams(
  pairs: readonly Value[],
): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = PAIR.exec(pair.text) ?? [];
      if (name !== undefined && value !== undefined) return [name, parseValue(value)];
      throw wrong(pair, 'Write name=value, such as externalId=acme-1');
    }),
  );
}

function parseValue(text: string): string | number | boolean {
  if (!TYPED.test(text)) return text;
  try {
    return JSON.parse(text) as string | number | boolean;
  } catch {
    // Quotes that are no JSON are part of the text.
    return text;
  }
}
