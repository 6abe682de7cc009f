/** Rows of the ledger that say what this framework does; a vendor's prefix precedes each. */
export const restRows = [
  'CREDENTIALS',
  'RATE-LIMIT',
  'RATE-WINDOW',
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

/** Says that a row shaped the answer. */
export type NoteRow = (row: RestRow) => void;
