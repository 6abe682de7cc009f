/** Ledger rows about this framework. In the ledger, the vendor's prefix precedes each. */
export const restRows = [
  'CREDENTIALS',
  'RATE-LIMIT',
  'RATE-WINDOW',
  'RATE-RESET',
  'PATHS',
  'METHODS',
  'MEDIA-TYPE',
  'EMPTY-BODY',
  'CONTENT-ENCODING',
  'ENCODING',
  'DUPLICATE-KEYS',
  'DEPTH',
  'TOO-LARGE',
  'UNKNOWN-PARAMETERS',
  'NULLS',
] as const;

export type RestRow = (typeof restRows)[number];

/** Reports that a row influenced the answer. */
export type NoteRow = (row: RestRow) => void;
