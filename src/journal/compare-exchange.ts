/** Compares a recorded exchange with a pattern. Compares the original values, but reports them without secrets. */
import type { Nearest } from '../control-api/control-api.ts';
import {
  compareRequest,
  type Difference,
  type RequestFacts,
  type RequestPattern,
} from '../matching/pattern.ts';
import type { Kept } from './keep-exchange.ts';
import { headerText, readBody } from './read-body.ts';
import type { Redactor } from './redact.ts';

/** The comparison of one entry with a pattern. */
export type Comparison = {
  /** 0: it matches. */
  readonly differenceCount: number;
  /** True if the vendor, operation, method or path differs. */
  readonly isElsewhere: boolean;
  /** True if everything matches except the body, which was truncated too much to decide. */
  readonly isUndecided: boolean;
  describe(): Nearest;
};

const PLACES = new Set(['vendor', 'operation', 'method', 'path']);
export function compareExchange(
  kept: Kept,
  pattern: RequestPattern,
  redactor: Redactor,
): Comparison {
  const { request } = kept;
  const differences = findDifferences(kept, pattern);
  const isUnknown = pattern.body !== undefined && request.body.isCut;
  return {
    differenceCount: differences.length,
    isElsewhere: differences.some(({ at }) => PLACES.has(at)),
    isUndecided: isUnknown && differences.length === 1,
    describe: () => ({
      entry: {
        id: kept.id,
        time: new Date(kept.time).toISOString(),
        method: request.method,
        url: redactor.url(request.url),
        operation: kept.operation ?? null,
        status: kept.status,
      },
      differences: differences.map((difference) => redactDifference(difference, redactor)),
    }),
  };
}

function findDifferences(kept: Kept, pattern: RequestPattern): readonly Difference[] {
  const facts = factsOf(kept);
  const { bytes, isCut } = kept.request.body;
  if (pattern.body === undefined || !isCut) return compareRequest(pattern, facts);
  const { body: expected, ...rest } = pattern;
  const actual = `[${bytes} bytes, more than the journal keeps]`;
  return [...compareRequest(rest, facts), { at: 'body', expected, actual }];
}

/** Values that only some patterns need are computed on demand. */
function factsOf(kept: Kept): RequestFacts {
  const { request } = kept;
  return {
    vendor: kept.vendor,
    operation: kept.operation,
    method: request.method,
    path: request.path,
    status: kept.status,
    warnings: kept.warnings.length,
    get headers() {
      return Object.fromEntries(
        Object.keys(request.headers).map((name) => [
          name.toLowerCase(),
          headerText(request.headers, name) ?? '',
        ]),
      );
    },
    get query() {
      const mark = request.url.indexOf('?');
      return request.content?.query ?? (mark === -1 ? {} : readFields(request.url.slice(mark + 1)));
    },
    get body() {
      return request.content ? request.content.body : unreadBody(kept);
    },
  };
}

/** A body that no framework decoded: its JSON value, its form fields, or its text. */
function unreadBody({ request }: Kept): unknown {
  const read = readBody(request.body, request.headers);
  if (read.form === 'json') return read.value;
  if (read.form === 'fields') return readFields(read.text);
  return read.form === 'text' ? read.text : undefined;
}

/** A repeated name has a list of values. */
function readFields(text: string): RequestFacts['query'] {
  const values = Map.groupBy(new URLSearchParams(text), ([name]) => name);
  return Object.fromEntries(
    [...values].map(([name, found]) => {
      const texts = found.map(([, value]) => value);
      return [name, texts.length === 1 ? (texts[0] ?? '') : texts];
    }),
  );
}

function redactDifference(difference: Difference, redactor: Redactor): Difference {
  const { at, actual } = difference;
  if (actual === undefined) return difference;
  const [part, ...names] = at.split('.');
  const name = names.join('.');
  return {
    ...difference,
    actual:
      part === 'headers' ? redactor.header(name, String(actual)) : redactor.field(name, actual),
  };
}
