/** Replaces the mock's own sentences with those that calibration recorded from the live vendor. */
import type { Calibration, Sentence } from '../ledger/calibration.ts';
import { factsOf, type Ended } from './exchange.ts';

type Speak = (ended: Ended) => Ended;

type Replacement = { readonly pattern: RegExp; readonly by: string };
type Voice = { readonly date: string; readonly replacements: readonly Replacement[] };

/** Answers of a calibrated vendor also name the day of its calibration, in `X-Mock-Calibration`. */
export function createSpeak(calibrations: readonly Calibration[]): Speak {
  // Most servers have no calibration, and then this step costs nothing.
  if (calibrations.length === 0) return (ended) => ended;
  const voices = new Map(
    calibrations.map(({ vendor, date, sentences }): [string, Voice] => [
      vendor,
      { date, replacements: sentences.flatMap(toReplacements) },
    ]),
  );
  return (ended) => {
    const voice = voices.get(factsOf(ended).vendor ?? '');
    if (!voice) return ended;
    const { encoded } = ended.outcome;
    // Only a body in UTF-16 is not a text.
    const body = typeof encoded.body === 'string' ? say(encoded.body, voice) : encoded.body;
    const headers = { ...encoded.headers, 'X-Mock-Calibration': voice.date };
    return { ...ended, outcome: { ...ended.outcome, encoded: { headers, body } } };
  };
}

function say(body: string, { replacements }: Voice): string {
  return replacements.reduce((text, { pattern, by }) => text.replaceAll(pattern, by), body);
}

/** A whole text in JSON or XML, or the whole body. Names in braces stand for any text. */
function toReplacements(sentence: Sentence): readonly Replacement[] {
  return [
    toReplacement(
      sentence,
      { start: '"', end: '"', any: String.raw`(?:[^"\\]|\\.)*?` },
      escapeJson,
    ),
    toReplacement(sentence, { start: '>', end: '<', any: '[^<]*?' }, escapeXml),
    toReplacement(sentence, { start: '^', end: '$', any: '[^]*?' }, String),
  ];
}

const NAME = /(\{[a-z_]+\})/;

function toReplacement(
  { mock, live }: Sentence,
  { start, end, any }: { readonly start: string; readonly end: string; readonly any: string },
  escape: (text: string) => string,
): Replacement {
  const known = new Set<string>();
  const pattern = mock.split(NAME).map((part) => {
    if (!NAME.test(part)) return quote(escape(part));
    const name = part.slice(1, -1);
    if (known.has(name)) return String.raw`\k<${name}>`;
    known.add(name);
    return `(?<${name}>${any})`;
  });
  const by = live
    .split(NAME)
    .map((part) =>
      known.has(part.slice(1, -1))
        ? `$<${part.slice(1, -1)}>`
        : escape(part).replaceAll('$', '$$$$'),
    );
  const isWhole = start === '^';
  return {
    pattern: new RegExp([start, ...pattern, end].join(''), 'gu'),
    by: isWhole ? by.join('') : [start, ...by, end].join(''),
  };
}

function quote(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
