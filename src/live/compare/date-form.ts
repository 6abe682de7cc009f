/** The form in which a text writes a date, so that two forms can be told apart. Fractions of seconds vary by value. */

const DATE =
  /^\d{4}-\d{2}-\d{2}(?:([T ])\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|z|[+-]\d{2}:?\d{2})?)?$/;

/** `string` for a text that is no date; `string (date)`, `string (date-time with Z)`, … */
export function dateFormOf(text: string): string {
  const found = DATE.exec(text);
  if (!found) return 'string';
  const [, separator, zone = ''] = found;
  if (separator === undefined) return 'string (date)';
  const between = separator === ' ' ? ' after a space' : '';
  const zoned = zone === '' ? 'without a zone' : `with ${zone.length === 1 ? zone : 'an offset'}`;
  return `string (date-time${between} ${zoned})`;
}
