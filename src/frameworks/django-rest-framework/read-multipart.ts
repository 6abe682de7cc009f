/** Reads `multipart/form-data` as Django's `MultiPartParser` does. Latin-1 texts stand for bytes. */
import type { Charset } from './decode-text.ts';

export type Multipart =
  | {
      /** Names and values in the order of the parts. A value that is undefined is a file. */
      readonly fields: readonly (readonly [name: string, value: string | undefined])[];
    }
  /** In the words of Django. */
  | { readonly fault: string }
  | 'too-many-fields';

/** Django's DATA_UPLOAD_MAX_NUMBER_FIELDS, and what stands before the first part and after the last. */
const MAX_PARTS = 1002;
const BOUNDARY = /^[ -~]{0,200}[!-~]$/;
// oxlint-disable-next-line no-control-regex -- all that is ASCII
const ASCII = /^[\x00-\x7f]*$/;
const HEADER_END = '\r\n\r\n';
/** With the empty line that ends it. */
const MAX_HEADER_BYTES = 1024;
/** Files without a name of their own. */
const NAMELESS = new Set(['', '.', '..']);

/** `contentType` is the header as sent. Any part that names no field is ignored. */
export function readMultipart(body: Buffer, contentType: string, charset: Charset): Multipart {
  if (!contentType.startsWith('multipart/')) {
    return { fault: `Invalid Content-Type: ${contentType}` };
  }
  if (!ASCII.test(contentType)) {
    return { fault: `Invalid non-ASCII Content-Type in multipart: ${contentType}` };
  }
  const boundary = parseHeader(contentType).parameters.get('boundary');
  if (boundary === undefined || !BOUNDARY.test(boundary)) {
    return { fault: `Invalid boundary in multipart: ${boundary ?? 'None'}` };
  }
  const parts = body.toString('latin1').split(`--${boundary}`);
  // Nothing after a boundary is no part. What no boundary ends is one.
  const rest = parts.pop() ?? '';
  const read = parts.map((part) => readPart(part, false, charset));
  if (rest !== '') read.push(readPart(rest, true, charset));
  if (read.filter((part) => part.kind !== 'file').length > MAX_PARTS) return 'too-many-fields';
  if (read.some(({ isFaulty }) => isFaulty)) return { fault: 'Could not decode base64 data.' };
  // A file is there once something follows it, such as the end that is written after the last boundary.
  if (read.at(-1)?.kind === 'file') read.pop();
  return {
    fields: read.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value] as const])),
  };
}

type Part = {
  readonly kind: 'raw' | 'field' | 'file';
  readonly name?: string;
  readonly value?: string;
  /** Of a file: it is not what its encoding says. */
  readonly isFaulty?: boolean;
};

/** The line break before a boundary does not belong to the part, but the last part may lack its boundary. */
function readPart(whole: string, isLast: boolean, charset: Charset): Part {
  const part = isLast ? whole : whole.replace(/\r?\n?$/, '');
  const end = part.slice(0, MAX_HEADER_BYTES).indexOf(HEADER_END);
  if (end === -1) return { kind: 'raw' };
  const headers = new Map(
    part
      .slice(0, end)
      .split('\r\n')
      .flatMap((line) => readHeader(line)),
  );
  const disposition = headers.get('content-disposition')?.parameters;
  if (!disposition) return { kind: 'raw' };
  const isFile = (disposition.get('filename') ?? '') !== '';
  const kind = isFile ? 'file' : 'field';
  const name = disposition.get('name');
  if (name === undefined) return { kind };
  const named = { kind, name: decode(name.trim(), charset) } as const;
  const data = part.slice(end + HEADER_END.length);
  const encoding = headers.get('content-transfer-encoding')?.value.trim();
  const isBase64 = encoding === 'base64';
  if (!isFile) {
    return { ...named, value: decode((isBase64 ? fromBase64(data) : data) ?? data, charset) };
  }
  const ownName = disposition.get('filename')?.split(/[/\\]/).at(-1) ?? '';
  if (NAMELESS.has(ownName)) return { kind };
  return { ...named, isFaulty: isBase64 && !isFileInBase64(data) };
}

/** A file is decoded piece by piece, without white space: its length counts, whatever its characters are. */
function isFileInBase64(data: string): boolean {
  const digits = data.replaceAll(/[ \t\n\v\f\r]/g, '');
  return digits.length % 4 === 0 && fromBase64(digits) !== undefined;
}

type Header = { readonly value: string; readonly parameters: ReadonlyMap<string, string> };

/** None for a line that is no header. */
function readHeader(line: string): readonly (readonly [string, Header])[] {
  const { key, parameters } = parseHeader(line);
  const colon = key.indexOf(':');
  if (colon === -1 || !ASCII.test(key)) return [];
  return [[key.slice(0, colon), { value: key.slice(colon + 1), parameters }]];
}

/** Text before the first semicolon in lower case, then parameters. A quoted value may contain semicolons. */
function parseHeader(line: string): {
  readonly key: string;
  readonly parameters: ReadonlyMap<string, string>;
} {
  const [key = '', ...rest] = splitParameters(line);
  const parameters = rest.flatMap((part) => {
    const at = part.indexOf('=');
    if (at === -1) return [];
    const name = part.slice(0, at).trim().toLowerCase();
    return [[name, unquote(part.slice(at + 1).trim())] as const];
  });
  return { key: key.trim().toLowerCase(), parameters: new Map(parameters) };
}

function splitParameters(line: string): readonly string[] {
  const found: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') isQuoted = !isQuoted;
    if (line[at] !== ';' || isQuoted) continue;
    found.push(line.slice(start, at));
    start = at + 1;
  }
  return [...found, line.slice(start)];
}

function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value.slice(1, -1).replaceAll('\\\\', '\\').replaceAll('\\"', '"');
}

/** As Python's `b64decode`: other characters are ignored, and padding ends it. Undefined: digits are missing. */
function fromBase64(data: string): string | undefined {
  let digits = '';
  let padding = 0;
  for (const character of data) {
    if (character === '=') {
      padding += 1;
      const inGroup = digits.length % 4;
      if (inGroup >= 2 && inGroup + padding >= 4) return fromDigits(digits);
    } else if (/[A-Za-z0-9+/]/.test(character)) {
      padding = 0;
      digits += character;
    }
  }
  return digits.length % 4 === 0 ? fromDigits(digits) : undefined;
}

function fromDigits(digits: string): string {
  return Buffer.from(digits, 'base64').toString('latin1');
}

function decode(bytes: string, charset: Charset): string {
  if (charset === 'utf8') return Buffer.from(bytes, 'latin1').toString('utf8');
  return charset === 'ascii' ? bytes.replaceAll(/[\x80-\xff]/g, '\ufffd') : bytes;
}
