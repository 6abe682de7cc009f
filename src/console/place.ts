/** Where the page is. It stands in the fragment, `#/default/traffic/default-12`, because the server knows one page only. */
import { useMemo } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { views } from './views.ts';

export type View = (typeof views)[number];

export type Place = {
  readonly sandbox: string;
  readonly view: View;
  /** What the view shows: an entry, a collection and a record, a ledger row. */
  readonly rest: readonly string[];
};

/** `go` follows a link without one: a record that was just created, an entry that was just resent. */
export type ViewProps = { readonly place: Place; readonly go: (place: Place) => void };

const DEFAULT: Place = { sandbox: 'default', view: 'traffic', rest: [] };

export function hrefOf({ sandbox, view, rest }: Place): string {
  return `#/${[sandbox, view, ...rest].map(encodeURIComponent).join('/')}`;
}

export function usePlace(): readonly [Place, (place: Place) => void] {
  const [path, navigate] = useHashLocation();
  const place = useMemo(() => parsePlace(path), [path]);
  const go = useMemo(() => (next: Place) => navigate(hrefOf(next).slice(1)), [navigate]);
  return [place, go];
}

function parsePlace(path: string): Place {
  const [sandbox = '', view = '', ...rest] = path.split('/').slice(1).map(decode);
  return {
    sandbox: sandbox === '' ? DEFAULT.sandbox : sandbox,
    view: views.find((each) => each === view) ?? DEFAULT.view,
    rest: rest.filter((each) => each !== ''),
  };
}

/** A link that somebody cut short must not break the page. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
