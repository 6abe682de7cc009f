/** The whole state as a scenario file: to read, to keep, to edit and to put in the place of what is there. */
import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/session.tsx';
import { useCopy } from '../parts/copy.tsx';
import { Editor } from '../parts/editor.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { useToasts } from '../parts/toasts.tsx';

export function Files({ sandbox }: { readonly sandbox: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const copy = useCopy();
  const { attempt } = useToasts();
  const [edited, setEdited] = useState<string>();
  const { data, error } = useQuery({
    queryKey: ['state', sandbox],
    async queryFn() {
      const state = await api.exportState(sandbox);
      const { stringify } = await import('yaml');
      return { state, text: stringify(state, { lineWidth: 120 }) };
    },
    staleTime: 0,
    gcTime: 0,
  });
  if (!data) {
    return (
      <div className="page">
        <QueryState error={error} what="the state" />
      </div>
    );
  }
  const text = edited ?? data.text;
  const isEdited = text !== data.text;
  const refresh = async () => {
    setEdited(undefined);
    await queries.invalidateQueries();
  };
  const replace = () =>
    void attempt(
      async () => {
        await api.importState(sandbox, { mediaType: 'application/yaml', content: text });
        await refresh();
      },
      () => ({
        text: `${sandbox} has this state now.`,
        async undo() {
          await api.importState(sandbox, data.state);
          await refresh();
        },
      }),
    );
  const open = (file: File | undefined) =>
    void attempt(async () => {
      if (file) setEdited(await file.text());
    });
  return (
    <div className="list-page">
      <div className="toolbar" role="group" aria-label="State as a file">
        <button className="button" type="button" onClick={() => download(`${sandbox}.yaml`, text)}>
          Download
        </button>
        <button className="button" type="button" onClick={() => copy(text, 'the scenario')}>
          Copy
        </button>
        <label className="button file">
          Open a file…
          <input
            className="visually-hidden"
            type="file"
            accept=".yaml,.yml,.json"
            onChange={({ target }) => {
              open(target.files?.[0]);
              target.value = '';
            }}
          />
        </label>
        <div className="end">
          {isEdited && (
            <button className="button" type="button" onClick={() => void refresh()}>
              Discard changes
            </button>
          )}
          <button className="button primary" type="button" disabled={!isEdited} onClick={replace}>
            Replace the state
          </button>
        </div>
      </div>
      <div className="file-editor">
        <p className="soft">
          This is a scenario file. Kept in <code>scenarios/</code>, it is a state to start from.
        </p>
        <Editor
          value={text}
          onChange={setEdited}
          language="yaml"
          label={`The state of ${sandbox} as YAML`}
        />
      </div>
    </div>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
