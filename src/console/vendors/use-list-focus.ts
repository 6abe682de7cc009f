/** Keeps the keyboard where a person expects it in a list of links: arrows move, and closing returns to the link. */
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';

export type ListFocus = {
  readonly ref: RefObject<HTMLUListElement | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

/** `opened` is the id of what is open; its link has `data-id`. */
export function useListFocus(opened: string | undefined): ListFocus {
  const ref = useRef<HTMLUListElement>(null);
  const last = useRef(opened);
  useEffect(() => {
    const linkOf = (id: string) =>
      ref.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    if (opened !== undefined) linkOf(opened)?.scrollIntoView({ block: 'nearest' });
    else if (last.current !== undefined) linkOf(last.current)?.focus();
    last.current = opened;
  }, [opened]);
  return { ref, onKeyDown: (event) => move(event, ref.current) };
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

function move(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = STEPS[event.key];
  const links = [...(list?.querySelectorAll<HTMLElement>('[data-id]') ?? [])];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = step === undefined || at === -1 ? undefined : links[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
