/** A text editor with the colours of its language. It is loaded when it is first shown. */
import { lazy, Suspense } from 'react';

export type EditorProps = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly language: 'json' | 'yaml' | 'xml';
  /** For screen readers. */
  readonly label: string;
};

const CodeMirror = lazy(async () => ({ default: (await import('./code-mirror.tsx')).CodeMirror }));

export function Editor(props: EditorProps) {
  return (
    <Suspense fallback={<p className="soft">Loading the editor…</p>}>
      <CodeMirror {...props} />
    </Suspense>
  );
}
