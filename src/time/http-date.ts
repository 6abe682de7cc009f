/** Formats an instant for the header `Date` (RFC 9110, 5.6.7). Caches the last second, because requests repeat it. */

let shown = '';
let shownSecond = Number.NaN;

/** `ms` are milliseconds since 1970. */
export function httpDate(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== shownSecond) {
    shown = new Date(ms).toUTCString();
    shownSecond = second;
  }
  return shown;
}
