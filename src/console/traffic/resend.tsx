/** Sends a request again, as it was or changed. */
import { useEffect, useId, useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { useToasts } from '../parts/toasts.tsx';
import type { Request } from './copy-as.ts';

export function Resend({
  title = 'Resend',
  request,
  isOpen,
  onClose,
  onSent,
}: {
  readonly title?: string;
  readonly request: Request;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** With the id of the new journal entry. */
  readonly onSent: (id: string) => void;
}) {
  const id = useId();
  const { attempt } = useToasts();
  const [draft, setDraft] = useState(toDraft(request));
  useEffect(() => setDraft(toDraft(request)), [isOpen]);
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const send = async () => {
    const sent = await attempt(() => sendDraft(draft));
    if (sent === undefined) return;
    onClose();
    onSent(sent);
  };
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <form
        className="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <div style={{ display: 'flex', gap: 8 }}>
          <div className="field">
            <label htmlFor={`${id}-method`}>Method</label>
            <input
              id={`${id}-method`}
              className="input mono"
              size={8}
              required
              value={draft.method}
              onChange={(event) => set({ method: event.target.value.toUpperCase() })}
            />
          </div>
          <div className="field" style={{ flex: 1 }}>
            <label htmlFor={`${id}-url`}>URL</label>
            <input
              id={`${id}-url`}
              className="input mono"
              required
              value={draft.url}
              onChange={(event) => set({ url: event.target.value })}
            />
          </div>
        </div>
        <div className="field">
          <label htmlFor={`${id}-headers`}>Headers, one a line</label>
          <textarea
            id={`${id}-headers`}
            className="textarea"
            style={{ minHeight: 74 }}
            spellCheck={false}
            value={draft.headers}
            onChange={(event) => set({ headers: event.target.value })}
          />
        </div>
        {draft.method !== 'GET' && draft.method !== 'HEAD' && (
          <div className="field">
            <label htmlFor={`${id}-body`}>Body</label>
            <textarea
              id={`${id}-body`}
              className="textarea"
              spellCheck={false}
              value={draft.body}
              onChange={(event) => set({ body: event.target.value })}
            />
          </div>
        )}
        <div className="dialog-actions">
          <button className="button" type="button" onClick={onClose}>
            Cancel
          </button>
          <button className="button primary" type="submit">
            Send
          </button>
        </div>
      </form>
    </Dialog>
  );
}

type Draft = ReturnType<typeof toDraft>;

function toDraft({ method, url, headers, body }: Request) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return { method, url, headers: lines.join('\n'), body: readable(body) };
}

function readable(body: string | undefined): string {
  try {
    return body === undefined ? '' : JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body ?? '';
  }
}

async function sendDraft({ method, url, headers, body }: Draft): Promise<string> {
  const pairs = headers.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    if (line.trim() === '') return [];
    if (at <= 0) throw new Error(`“${line}” is not a header. Write it as name: value.`);
    return [[line.slice(0, at).trim(), line.slice(at + 1).trim()]];
  });
  const hasBody = method !== 'GET' && method !== 'HEAD' && body !== '';
  const answer = await fetch(url, {
    method,
    headers: pairs,
    redirect: 'manual',
    ...(hasBody && { body }),
  });
  return answer.headers.get('x-mock-request-id') ?? '';
}
