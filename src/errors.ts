/**
 * Our own faults, in one catalogue; docs/errors.md describes each (a test holds the two together).
 * What a vendor would answer is no error but a `Problem`, a value (see vendors/vendor.ts).
 */
const catalogue = {
  'bad-option': { status: 422, title: 'An option or setting is wrong' },
  'address-unusable': { status: 500, title: 'The address cannot be listened on' },
  'broken-spec': { status: 500, title: 'An OpenAPI file cannot be used' },
  'broken-ledger': { status: 500, title: 'The ledger cannot be used' },
  'broken-scenario': { status: 422, title: 'A scenario file cannot be used' },
  'unknown-scenario': { status: 404, title: 'There is no such scenario' },
  'damaged-data': { status: 500, title: 'The data folder is damaged' },
  'data-in-use': { status: 500, title: 'Another process uses the data folder' },
  'data-unusable': { status: 500, title: 'The data folder cannot be used' },
  'not-stored': { status: 500, title: 'The change could not be stored' },
  'duplicate-key': {
    status: 500,
    title: 'A record with this key or unique value is there already',
  },
  'no-such-record': { status: 500, title: 'There is no such record' },
  'no-such-sandbox': { status: 404, title: 'There is no such sandbox' },
  'bad-sandbox-name': { status: 400, title: 'A sandbox cannot have this name' },
  'too-many-sandboxes': { status: 507, title: 'No room for one more sandbox' },
  'no-such-snapshot': { status: 404, title: 'There is no such snapshot' },
  'too-many-snapshots': { status: 507, title: 'No room for one more snapshot' },
  'no-such-override': { status: 404, title: 'There is no such override' },
  'too-many-overrides': { status: 507, title: 'No room for one more override' },
  'unknown-provider-state': { status: 404, title: 'No scenario serves this provider state' },
  'verifier-failed': { status: 500, title: 'Contracts could not be verified' },
  'unknown-vendor': { status: 404, title: 'There is no such vendor' },
  'unknown-call': { status: 404, title: 'The control API has no such call' },
  unauthenticated: { status: 401, title: 'The control API wants its token' },
  forbidden: { status: 403, title: 'The control API is closed to this client' },
  'unknown-path': { status: 404, title: 'No vendor serves this path' },
  'wrong-method': { status: 405, title: 'The path does not offer this method' },
  'unsupported-media-type': { status: 415, title: 'The operation does not take this media type' },
  'invalid-request': { status: 422, title: 'The request breaks the spec' },
  'bad-request': { status: 400, title: 'The request cannot be read' },
  'too-large': { status: 413, title: 'The request is too large' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'too-many-connections': { status: 503, title: 'No room for one more connection' },
  'bad-preference': { status: 404, title: 'The answer asked for by Prefer is not documented' },
  'broken-answer': { status: 500, title: 'The mock would have broken its own spec' },
  'handler-crashed': { status: 500, title: 'A handler of the mock failed' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof catalogue;

/** A fault of the mock or of those who run it. `message` says what, with which value, where, and what to do. */
export class MockError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  /** A JSON Pointer to the field of the request that is wrong, as a URI fragment: `#/effect/times`. */
  readonly pointer: string | undefined;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown; pointer?: string }) {
    super(message, options);
    this.pointer = options?.pointer;
    this.name = 'MockError';
    this.code = code;
    this.status = catalogue[code].status;
    this.title = catalogue[code].title;
  }
}

/** Every code with its status and title: what docs/errors.md must list. */
export const errorCatalogue: Readonly<Record<ErrorCode, { status: number; title: string }>> =
  catalogue;

/** The text of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
