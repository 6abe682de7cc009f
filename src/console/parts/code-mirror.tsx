/** CodeMirror in React. Its style elements carry the nonce of the page, as the Content-Security-Policy demands. */
import { useEffect, useRef } from 'react';
import { basicSetup } from 'codemirror';
import { json } from '@codemirror/lang-json';
import { xml } from '@codemirror/lang-xml';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { EditorProps } from './editor.tsx';

const LANGUAGES = { json, xml, yaml } as const;

/** The colours of the page, which follow the system's setting. */
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.tagName, tags.attributeName], color: 'var(--key)' },
  { tag: tags.string, color: 'var(--text-value)' },
  { tag: tags.number, color: 'var(--number)' },
  { tag: [tags.bool, tags.null, tags.keyword], color: 'var(--warn)' },
  { tag: tags.comment, color: 'var(--soft)' },
]);

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--raised)', color: 'var(--ink)', fontSize: '12px' },
  '.cm-content': { fontFamily: 'var(--mono)', caretColor: 'var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--sunk)',
    borderRight: '1px solid var(--line)',
    color: 'var(--soft)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-1px' },
  '.cm-panels': { backgroundColor: 'var(--sunk)', color: 'var(--ink)' },
});

/**
 * Text typed over a selection. If the browser replaced it, Chromium would write style attributes to keep how the old text
 * looked, which the page's policy blocks and reports.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput({ inputType, data }, editor) {
    if (inputType !== 'insertText' || data === null || editor.state.selection.main.empty) {
      return false;
    }
    editor.dispatch(editor.state.replaceSelection(data));
    return true;
  },
});

export function CodeMirror({ value, onChange, language, label }: EditorProps) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const changed = useRef(onChange);
  changed.current = onChange;
  useEffect(() => {
    if (!parent.current) return undefined;
    const editor = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: '',
        extensions: [
          EditorView.cspNonce.of(readNonce()),
          basicSetup,
          typeOver,
          LANGUAGES[language](),
          syntaxHighlighting(colours),
          theme,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [language, label]);
  // A value from outside replaces the text; one that the editor itself reported is there already.
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value, language, label]);
  return <div className="editor" ref={parent} />;
}

/** Browsers hide the attribute from scripts of others, but not the property. */
function readNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
