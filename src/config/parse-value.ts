/** Parsers of option values. Each throws `MockError` `bad-option` with source, value and allowed values. */
import { parseTrust, type Trust } from '../messages/public-address.ts';
import { findSimilar } from '../matching/nearest.ts';
import { lengthOf, parseShortDuration } from '../time/duration.ts';
import { wrong, type Value } from './options.ts';

export function parseText({ text }: Value): string {
  return text;
}

const SWITCH: Readonly<Record<string, boolean>> = {
  true: true,
  1: true,
  on: true,
  yes: true,
  false: false,
  0: false,
  off: false,
  no: false,
};

/** Parses booleans, both in flags and in variables. */
export function parseSwitch(value: Value): boolean {
  const isOn = readSwitch(value.text);
  if (isOn === undefined) {
    throw wrong(value, 'Write true, 1, on or yes; or false, 0, off or no');
  }
  return isOn;
}

/** Undefined: neither on nor off. */
export function readSwitch(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(SWITCH, word) ? SWITCH[word] : undefined;
}

export function oneOf<const C extends string>(...choices: readonly C[]): (value: Value) => C {
  return (value) => {
    const found = choices.find((choice) => choice === value.text);
    if (found !== undefined) return found;
    const similar = findSimilar(value.text, choices);
    const guess = similar === undefined ? '' : `Did you mean ${similar}? `;
    throw wrong(value, `${guess}Choose ${choices.join(choices.length === 2 ? ' or ' : ', ')}`);
  };
}

/** A whole number within an inclusive range. */
export function wholeFrom(min: number, max: number): (value: Value) => number {
  return (value) => {
    const number = Number(value.text);
    if (/^\d{1,10}$/.test(value.text) && number >= min && number <= max) return number;
    throw wrong(value, `Write a whole number from ${min} to ${max}`);
  };
}

/** A value allowed in a header. Messages do not show it. */
export function parseToken({ source, text }: Value): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw wrong({ source, text: '…' }, 'Write at least one character, ASCII without spaces');
}

export function parseUrl(value: Value): string {
  if (/^https?:$/.test(URL.parse(value.text)?.protocol ?? '')) return value.text;
  throw wrong(value, 'Write a URL such as http://127.0.0.1:4010');
}

/** Scheme, host and port, as a browser sends it in `Origin`. */
export function parseOrigin(value: Value): string {
  const url = URL.parse(value.text);
  if (url && /^https?:$/.test(url.protocol) && url.origin === value.text.replace(/\/$/, '')) {
    return url.origin;
  }
  throw wrong(value, 'Write scheme, host and port alone, such as http://localhost:5173');
}

/** Undefined: no proxy is trusted. */
export function parseTrustProxy(value: Value): Trust | undefined {
  try {
    return parseTrust(value.text);
  } catch {
    throw wrong(
      value,
      'Write true, false, the number of proxies, or their addresses, such as loopback,10.0.0.0/8',
    );
  }
}

const SIZES: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** Bytes. */
export function parseSize(value: Value): number {
  const [, amount, unit = 'b'] = /^(\d{1,9})(b|kb|mb|gb)?$/i.exec(value.text) ?? [];
  const bytes = Number(amount) * (SIZES[unit.toLowerCase()] ?? 1);
  if (!(bytes > 0)) throw wrong(value, 'Write a size such as 500kb or 1mb');
  return bytes;
}

/** Milliseconds. */
export function parseTime(value: Value): number {
  const duration = parseShortDuration(value.text);
  const ms = duration && lengthOf(duration);
  if (ms === undefined) throw wrong(value, 'Write a time such as 500ms, 10s or 1m');
  return ms;
}

/** `ID=choice` pairs. The last pair of an id counts. */
export function parseSettings(values: readonly Value[]): Record<string, string> {
  return Object.fromEntries(
    values.map((value) => {
      const [, id, choice] = /^([^=]+)=(.*)$/.exec(value.text) ?? [];
      if (id === undefined || choice === undefined) {
        throw wrong(value, 'Write ID=choice, such as IBL-PAGE-LINKS=integers');
      }
      return [id.trim(), choice.trim()];
    }),
  );
}
