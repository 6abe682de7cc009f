/** A value of a record, short enough for a cell. */

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

export function Value({ value }: { readonly value: unknown }) {
  if (value === null || value === undefined) return <span className="soft">–</span>;
  if (typeof value === 'number') return <span className="figure">{value}</span>;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string') {
    return <code className="short">{JSON.stringify(value)}</code>;
  }
  if (INSTANT.test(value)) {
    return (
      <time className="figure" dateTime={value} title={value}>
        {showInstant(value)}
      </time>
    );
  }
  return (
    <span className="short" title={value}>
      {value}
    </span>
  );
}

/** `2026-01-31 09:00`; the day alone at midnight in UTC. */
export function showInstant(at: string): string {
  const shown = at.slice(0, 16).replace('T', ' ');
  return shown.endsWith(' 00:00') ? shown.slice(0, 10) : shown;
}
