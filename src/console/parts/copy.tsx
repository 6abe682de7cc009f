/** Copies text, and says so. */
import { useToasts } from './toasts.tsx';

export function useCopy(): (text: string, what: string) => void {
  const { attempt } = useToasts();
  return (text, what) =>
    void attempt(
      () => navigator.clipboard.writeText(text),
      () => ({ text: `Copied ${what}.` }),
    );
}

export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const copy = useCopy();
  return (
    <button
      className="button plain"
      type="button"
      aria-label={`Copy ${what}`}
      onClick={() => copy(text, what)}
    >
      Copy
    </button>
  );
}
