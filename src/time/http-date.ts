/** An instant as the header `Date` has it (RFC 9110, 5.6.7). A load of requests asks for the same second again and again. */

let shown = '';
let shownSecond = Number.NaN;

/** `ms`: milliseconds since 1970. */
export function httpDate(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== shownSecond) {
    shown = new Date(ms).toUTCString();
    shownSecond = second;
  }
  return shown;
}
