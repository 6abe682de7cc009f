/** Short messages at the edge of the page: what was done, with a way to undo it, or why it failed. */
import { createContext, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { messageOf } from '../../errors.ts';

type Message = {
  readonly text: string;
  readonly isError?: boolean;
  /** Offered as a button. */
  readonly undo?: () => Promise<unknown>;
};

type Toaster = {
  readonly say: (message: Message) => void;
  /** Runs `work` and says why it failed, if it does. */
  readonly attempt: <T>(
    work: () => Promise<T>,
    said?: (value: T) => Message,
  ) => Promise<T | undefined>;
};

const SHOWN_MS = 6_000;
const ToastContext = createContext<Toaster | undefined>(undefined);

export function Toasts({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly (Message & { readonly id: number })[]>([]);
  const next = useRef(0);
  const toaster = useMemo((): Toaster => {
    const remove = (id: number) => setShown((all) => all.filter((each) => each.id !== id));
    const say = (message: Message) => {
      const id = next.current++;
      setShown((all) => [...all.slice(-3), { ...message, id }]);
      setTimeout(() => remove(id), message.isError ? SHOWN_MS * 2 : SHOWN_MS);
    };
    const attempt: Toaster['attempt'] = async (work, said) => {
      try {
        const value = await work();
        if (said) say(said(value));
        return value;
      } catch (thrown) {
        say({ text: messageOf(thrown), isError: true });
        return undefined;
      }
    };
    return { say, attempt };
  }, []);
  return (
    <ToastContext value={toaster}>
      {children}
      <div className="toast-region" role="status" aria-live="polite">
        {shown.map(({ id, text, isError, undo }) => (
          <div key={id} className="toast">
            <span className={isError ? 'error' : undefined}>{text}</span>
            {undo && (
              <button
                className="button plain"
                type="button"
                onClick={() => void toaster.attempt(undo, () => ({ text: 'Undone.' }))}
              >
                Undo
              </button>
            )}
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

export function useToasts(): Toaster {
  const toaster = useContext(ToastContext);
  if (!toaster) throw new Error('useToasts needs Toasts.');
  return toaster;
}
