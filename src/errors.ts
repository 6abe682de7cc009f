/**
 * The mock's own errors. docs/errors.md describes each one; a test keeps the two in step.
 * A response that a vendor would send is not an error but a `Problem` value: see vendors/vendor.ts.
 */
const catalogue = {
  'bad-option': { status: 422, title: 'Invalid option or setting' },
  'address-unusable': { status: 500, title: 'Cannot listen on the address' },
  'broken-spec': { status: 500, title: 'Invalid OpenAPI file' },
  'broken-ledger': { status: 500, title: 'Invalid ledger' },
  'broken-probes': { status: 500, title: 'Invalid probes' },
  'broken-calibration': { status: 500, title: 'Invalid calibration' },
  'broken-scenario': { status: 422, title: 'Invalid scenario file' },
  'unknown-scenario': { status: 404, title: 'Scenario not found' },
  'damaged-data': { status: 500, title: 'The data is damaged' },
  'data-in-use': { status: 500, title: 'The data folder is in use by another process' },
  'data-unusable': { status: 500, title: 'The data cannot be used' },
  'database-unavailable': { status: 503, title: 'The database does not answer' },
  'not-stored': { status: 500, title: 'The change could not be stored' },
  'duplicate-key': {
    status: 500,
    title: 'A record with this key or unique value already exists',
  },
  'no-such-error': { status: 404, title: 'Error not found' },
  'no-such-record': { status: 500, title: 'Record not found' },
  'no-such-collection': { status: 404, title: 'Collection not found' },
  'record-not-found': { status: 404, title: 'No record has this key' },
  'no-such-sandbox': { status: 404, title: 'Sandbox not found' },
  'bad-sandbox-name': { status: 400, title: 'Invalid sandbox name' },
  'too-many-sandboxes': { status: 507, title: 'Too many sandboxes' },
  'no-such-snapshot': { status: 404, title: 'Snapshot not found' },
  'too-many-snapshots': { status: 507, title: 'Too many snapshots' },
  'no-such-override': { status: 404, title: 'Override not found' },
  'too-many-overrides': { status: 507, title: 'Too many overrides' },
  'unknown-provider-state': { status: 404, title: 'Unknown provider state' },
  'verifier-failed': { status: 500, title: 'The contracts could not be verified' },
  'unknown-vendor': { status: 404, title: 'Unknown vendor' },
  'unknown-call': { status: 404, title: 'Unknown control API call' },
  unauthenticated: { status: 401, title: 'The control API requires a token' },
  forbidden: { status: 403, title: 'Access to the control API is denied' },
  'unknown-path': { status: 404, title: 'No vendor serves this path' },
  'wrong-method': { status: 405, title: 'Method not allowed' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'invalid-request': { status: 422, title: 'The request violates the spec' },
  'bad-request': { status: 400, title: 'Malformed request' },
  'too-large': { status: 413, title: 'The request is too large' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'too-many-connections': { status: 503, title: 'Too many connections' },
  'upstream-failed': { status: 502, title: 'The live vendor could not be reached' },
  'upstream-timeout': { status: 504, title: 'The live vendor did not answer in time' },
  'upstream-loop': { status: 508, title: 'The upstream is this license-mock' },
  'bad-preference': { status: 404, title: 'Prefer asks for an undocumented response' },
  'broken-answer': { status: 500, title: 'The mock built a response that violates its spec' },
  'handler-crashed': { status: 500, title: 'A request handler failed' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof catalogue;

/** An error of the mock or of its user. `message` says what is wrong, with which value, where, and how to fix it. */
export class MockError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  /** JSON Pointer to the wrong field of the request, as a URI fragment: `#/effect/times`. */
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

/** Every code with its status and title, as docs/errors.md lists them. */
export const errorCatalogue: Readonly<Record<ErrorCode, { status: number; title: string }>> =
  catalogue;

/** The `type` of a problem document: the call of the control API that describes the error. */
export function linkOf(code: ErrorCode): string {
  return `/_mock/errors/${code}`;
}

/** The message of any thrown value. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
