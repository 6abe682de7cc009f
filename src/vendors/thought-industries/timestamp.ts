/** Parses ISO 8601 timestamps, and writes the vendor's form: UTC with milliseconds. */

const FORM =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:[Tt\s](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?(?<zone>[Zz]|(?<sign>[+-])(?<zoneHour>\d{2})(?::?(?<zoneMinute>\d{2}))?)?)?$/;

/** Years 0 to 9999, the range of JSON Schema's date-time. */
const EARLIEST = -62_167_219_200_000;
const LATEST = 253_402_300_799_999;

export type Timestamp = {
  /** For example `2027-06-30T22:00:00.000Z`. */
  readonly utc: string;
  /** False for a date without a time and for a time without an offset; both are read as UTC. */
  readonly isComplete: boolean;
};

/** Returns undefined if the text is not a moment, such as February 30th. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const parts = FORM.exec(text)?.groups;
  const date = parts?.['date'];
  if (!parts || date === undefined) return undefined;
  const [hour, minute, second] = ['hour', 'minute', 'second'].map((name) =>
    Number(parts[name] ?? 0),
  ) as [number, number, number];
  const isLeapSecond = hour === 23 && minute === 59 && second === 60;
  if (hour > 23 || minute > 59 || (second > 59 && !isLeapSecond)) return undefined;
  const midnight = Date.parse(`${date}T00:00:00.000Z`);
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(date)) {
    return undefined;
  }
  const milliseconds = Number((parts['fraction'] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = offsetMinutes(parts);
  const at = midnight + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + milliseconds;
  if (at < EARLIEST || at > LATEST) return undefined;
  return { utc: formatTimestamp(at), isComplete: parts['zone'] !== undefined };
}

/** Writes milliseconds since 1970 in the vendor's form, limited to the years 0 to 9999. */
export function formatTimestamp(at: number): string {
  return new Date(Math.min(Math.max(at, EARLIEST), LATEST)).toISOString();
}

function offsetMinutes(parts: Record<string, string | undefined>): number {
  const minutes = Number(parts['zoneHour'] ?? 0) * 60 + Number(parts['zoneMinute'] ?? 0);
  return parts['sign'] === '-' ? -minutes : minutes;
}
