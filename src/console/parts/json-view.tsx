/** JSON, with a note under each field that something is said about. */
import { Fragment } from 'react';
import { layOutJson, type JsonLine } from './json-lines.ts';

export type JsonNote = {
  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly isWarning: boolean;
};

/** A long body is shown in part: a page with 100,000 lines would not scroll. */
const MOST_LINES = 2_000;

export function JsonView({
  value,
  notes = [],
  label,
}: {
  readonly value: unknown;
  readonly notes?: readonly JsonNote[];
  /** For screen readers. */
  readonly label: string;
}) {
  const lines = layOutJson(value);
  const shown = lines.slice(0, MOST_LINES);
  return (
    <div className="code wrap json mono" role="group" aria-label={label} tabIndex={0}>
      {shown.map((line, index) => {
        const own = notes.filter((note) => isAt(note, line, lines));
        return (
          <Fragment key={index}>
            <div className={markOf(own)}>
              {'  '.repeat(line.depth)}
              {line.tokens.map(({ kind, text }, at) => (
                <span key={at} className={kind}>
                  {text}
                </span>
              ))}
            </div>
            {own.map(({ text, isWarning }) => (
              <div key={text} className={`json-note${isWarning ? ' warning' : ''}`}>
                {text}
              </div>
            ))}
          </Fragment>
        );
      })}
      {lines.length > shown.length && (
        <div className="soft">… {lines.length - shown.length} more lines</div>
      )}
    </div>
  );
}

function markOf(notes: readonly JsonNote[]): string {
  if (notes.length === 0) return 'json-line';
  return `json-line marked${notes.every(({ isWarning }) => isWarning) ? ' warning' : ''}`;
}

/** A note about a field that is missing stands at the object that lacks it. */
function isAt({ path }: JsonNote, line: JsonLine, lines: readonly JsonLine[]): boolean {
  if (!line.path) return false;
  if (isSame(line.path, path)) return true;
  const parent = path.slice(0, -1);
  return isSame(line.path, parent) && !lines.some((each) => each.path && isSame(each.path, path));
}

function isSame(one: readonly (string | number)[], other: readonly (string | number)[]): boolean {
  return (
    one.length === other.length && one.every((name, index) => String(name) === String(other[index]))
  );
}
