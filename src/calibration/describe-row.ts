/** A verdict as the calibration file holds it: with evidence, without secrets and personal data. */
import type { CalibratedRow, Sentence } from '../ledger/calibration.ts';
import type { Difference } from './find-differences.ts';
import { isOfWords, type Judged } from './judge-row.ts';
import type { Content, Observation } from './observe.ts';
import type { Answered } from './settle-rows.ts';

/** `usual`: the default choice. Undefined: the row has no choices. */
export function describeRow(
  judged: Judged,
  usual: string | undefined,
  { live }: Answered,
): CalibratedRow {
  const asked = live.seen.map(describe);
  switch (judged.verdict) {
    case 'fits':
      return {
        verdict: judged.choice === usual ? 'confirmed' : 'another choice fits',
        ...(judged.choice !== undefined && { choice: judged.choice }),
        ...differsOf(judged.differences),
        asked,
      };
    case 'none-fits':
      return {
        verdict: 'none fits',
        ...(judged.choice !== undefined && { choice: judged.choice }),
        ...differsOf(judged.differences),
        asked,
      };
    case 'not-told-apart':
      return { verdict: 'cannot be told apart', alike: judged.alike, asked };
    default:
      return { verdict: 'not probed', why: hidePersonal(judged.why) };
  }
}

/** The vendor's own words, where nothing else differs. */
export function sentencesOf(row: string, judged: Judged): readonly Sentence[] {
  if (judged.verdict !== 'fits') return [];
  return judged.differences
    .filter((each) => isOfWords(each))
    .map(({ mock, live }) => ({ row, mock: hidePersonal(mock), live: hidePersonal(live) }));
}

function differsOf(differences: readonly Difference[]): Pick<CalibratedRow, 'differs'> {
  if (differences.length === 0) return {};
  return {
    differs: differences.map((each) => ({
      ...each,
      mock: hidePersonal(each.mock),
      live: hidePersonal(each.live),
    })),
  };
}

function describe({ request, status, headers, content }: Observation): string {
  const mediaType = headers['content-type'];
  const type = mediaType === undefined ? '' : ` ${mediaType}`;
  return `${request} → ${status}${type}${describeContent(content)}`;
}

function describeContent(content: Content): string {
  if (content.form === 'xml') return ` <${content.tags[0] ?? ''}>`;
  if (content.form !== 'json' || typeof content.value !== 'object' || !content.value) return '';
  if (Array.isArray(content.value)) return ' a list';
  return hidePersonal(` { ${Object.keys(content.value).join(', ')} }`);
}

const EMAIL = /[^\s@"'<>]+@[^\s@"'<>]+\.[a-z]{2,}/gi;
const TOKEN = /\b[\da-z_-]*(?:[a-z]\d|\d[a-z])[\da-z_-]{22,}\b/gi;

function hidePersonal(text: string): string {
  return text.replaceAll(EMAIL, '{email}').replaceAll(TOKEN, '{token}');
}
