/** The sections of a view, as links. */
import { hrefOf, type Place } from '../place.ts';

export function SubNav({
  place,
  label,
  sections,
  current,
}: {
  readonly place: Place;
  readonly label: string;
  /** The first part of `rest`, and its name for people. */
  readonly sections: readonly (readonly [string, string])[];
  readonly current: string;
}) {
  return (
    <nav className="sub-nav" aria-label={label}>
      {sections.map(([id, title]) => (
        <a
          key={id}
          href={hrefOf({ ...place, rest: [id] })}
          aria-current={id === current ? 'page' : undefined}
        >
          {title}
        </a>
      ))}
    </nav>
  );
}
