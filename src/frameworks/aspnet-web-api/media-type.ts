/** Media types as System.Net.Http reads them. */
export type MediaType = {
  /** `type/subtype` as sent. */
  readonly name: string;
  readonly type: string;
  readonly subtype: string;
  /** As sent, with its quotes, because a quoted charset matches no known one. */
  readonly charset: string | undefined;
  /** 1 if none was sent; NaN if it is not a number. */
  readonly quality: number;
};

const TOKEN = String.raw`[!#$%&'*+\-.^_\x60|~0-9A-Za-z]+`;
const PARAMETER = String.raw`\s*;\s*(${TOKEN})(?:\s*=\s*(${TOKEN}|"(?:[^"\\]|\\.)*"))?`;
const MEDIA_TYPE = new RegExp(
  String.raw`^\s*(${TOKEN})/(${TOKEN})((?:${PARAMETER})*)\s*(?:;\s*)?$`,
);
const PARAMETERS = new RegExp(PARAMETER, 'g');

/** A longer header counts as malformed. */
const MAX_LENGTH = 4_000;

/** Returns undefined if the header is not a media type. */
export function parseMediaType(header: string): MediaType | undefined {
  if (header.length > MAX_LENGTH) return undefined;
  const [whole, type = '', subtype = '', parameters = ''] = MEDIA_TYPE.exec(header) ?? [];
  if (whole === undefined) return undefined;
  let charset: string | undefined;
  let quality = 1;
  for (const [, name = '', value = ''] of parameters.matchAll(PARAMETERS)) {
    if (name.toLowerCase() === 'charset') charset ??= value;
    if (name.toLowerCase() === 'q') quality = Number(value);
  }
  return {
    name: `${type}/${subtype}`,
    type: type.toLowerCase(),
    subtype: subtype.toLowerCase(),
    charset,
    quality,
  };
}

/** True for a media type of XML. */
export function isXml(mediaType: string): boolean {
  return /[/+]xml$/i.test(mediaType);
}

/** The ranges of an Accept header, best first; empty if one is malformed, because .NET then drops the header. */
export function parseAccept(header: string): readonly MediaType[] {
  const ranges = splitList(header).map(parseMediaType);
  const known = ranges.filter((range) => range !== undefined);
  if (known.length < ranges.length) return [];
  return known.toSorted(
    (one, other) => other.quality - one.quality || specificity(other) - specificity(one),
  );
}

/** The names in an Accept-Charset header, best first. */
export function parseAcceptCharset(header: string): readonly string[] {
  return splitList(header)
    .map((item) => {
      const [name = '', quality = 'q=1'] = item.split(';').map((part) => part.trim());
      return { name: name.toLowerCase(), quality: Number(quality.replace(/^q\s*=\s*/i, '')) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
    .map(({ name }) => name);
}

function specificity({ type, subtype }: MediaType): number {
  if (type === '*') return 0;
  return subtype === '*' ? 1 : 2;
}

function splitList(header: string): string[] {
  return header
    .slice(0, MAX_LENGTH)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
