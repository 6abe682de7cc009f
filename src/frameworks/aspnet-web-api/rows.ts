/** Ledger rows that the framework refers to, without the vendor's prefix. */
export const webApiRows = [
  'CHARSETS',
  'CONTENT-ENCODING',
  'CREDENTIALS',
  'DATE-FORMS',
  'DEPTH',
  'DUPLICATE-KEYS',
  'EMPTY-BODY',
  'ERROR-DETAIL',
  'FORM-BINDING',
  'FORM-KEYS',
  'JSON-FAULTS',
  'JSON-LENIENCY',
  'NAMES',
  'NOT-FOUND',
  'NULLABLE',
  'NUMBER-LITERALS',
  'TIME-ZONE',
  'TOO-LARGE',
  'UNAVAILABLE',
  'VALUE-FORMS',
  'XML-LINE-BREAKS',
  'XML-ORDER',
  'XML-READER',
  'XML-VALUES',
] as const;

export type WebApiRow = (typeof webApiRows)[number];
