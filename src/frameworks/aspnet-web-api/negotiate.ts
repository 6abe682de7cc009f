/** Web API's content negotiation: chooses the formatter, media type and charset of the answer. Never a 406. */
import type { HttpRequest } from '../../messages/message.ts';
import { parseAccept, parseAcceptCharset, type MediaType } from './media-type.ts';

export type Negotiated = {
  readonly format: 'json' | 'xml';
  readonly mediaType: string;
  readonly charset: 'utf-8' | 'utf-16';
};

/** The formatters in Web API's order. The form formatters are missing because they only read. */
const FORMATTERS = [
  { format: 'json', mediaTypes: ['application/json', 'text/json'] },
  { format: 'xml', mediaTypes: ['application/xml', 'text/xml'] },
] as const;

type Formatter = (typeof FORMATTERS)[number];

/** How well a formatter fits, best first: a type named in Accept, `text/*`, `*` alone, the request's type, any. */
const RANKS = ['literal', 'subtype-range', 'any-range', 'request', 'type'] as const;

type Match = {
  readonly formatter: Formatter;
  readonly mediaType: string;
  readonly rank: (typeof RANKS)[number];
  readonly quality: number;
};

/** `sent` is the media type of the request's body; `first` is the formatter that answers if nothing decides. */
export function negotiate(
  headers: HttpRequest['headers'],
  sent: MediaType | undefined,
  first: Negotiated['format'] = 'json',
): Negotiated {
  const accepted = parseAccept(headers['accept'] ?? '');
  const formatters = first === 'json' ? FORMATTERS : FORMATTERS.toReversed();
  const matches = formatters.map((formatter) => match(formatter, accepted, sent));
  const { formatter, mediaType } = choose(matches);
  return { format: formatter.format, mediaType, charset: chooseCharset(headers, sent) };
}

function match(
  formatter: Formatter,
  accepted: readonly MediaType[],
  sent: MediaType | undefined,
): Match {
  for (const range of accepted) {
    if (range.quality === 0) continue;
    const mediaType = formatter.mediaTypes.find((each) => isWithin(each, range));
    if (mediaType) return { formatter, mediaType, rank: rankOf(range), quality: range.quality };
  }
  const own = sent && formatter.mediaTypes.find((each) => isWithin(each, sent));
  if (own) return { formatter, mediaType: own, rank: 'request', quality: 1 };
  return { formatter, mediaType: formatter.mediaTypes[0], rank: 'type', quality: 1 };
}

/** With Accept: the best quality, then the best rank, then the formatters' order. Without it: the best rank. */
function choose(matches: readonly Match[]): Match {
  const ranked = matches.toSorted((one, other) => {
    const [isOne, isOther] = [isAccepted(one), isAccepted(other)];
    if (isOne && isOther && one.quality !== other.quality) return other.quality - one.quality;
    return RANKS.indexOf(one.rank) - RANKS.indexOf(other.rank);
  });
  const [best] = ranked;
  if (!best) throw new Error('There is no formatter.');
  return best;
}

function isAccepted({ rank }: Match): boolean {
  return rank !== 'request' && rank !== 'type';
}

function isWithin(mediaType: string, range: MediaType): boolean {
  if (range.type === '*' && range.subtype === '*') return true;
  if (range.subtype === '*') return mediaType.startsWith(`${range.type}/`);
  return mediaType === `${range.type}/${range.subtype}`;
}

function rankOf({ type, subtype }: MediaType): Match['rank'] {
  if (type === '*') return 'any-range';
  return subtype === '*' ? 'subtype-range' : 'literal';
}

/** Both formatters write UTF-8 and UTF-16. Accept-Charset decides, then the request's charset. Row CHARSETS. */
function chooseCharset(
  headers: HttpRequest['headers'],
  sent: MediaType | undefined,
): Negotiated['charset'] {
  for (const name of parseAcceptCharset(headers['accept-charset'] ?? '')) {
    if (name === 'utf-8' || name === '*') return 'utf-8';
    if (name === 'utf-16') return 'utf-16';
  }
  return sent?.charset?.toLowerCase() === 'utf-16' ? 'utf-16' : 'utf-8';
}
