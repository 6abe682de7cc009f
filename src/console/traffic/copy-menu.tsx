/** Copies a request in the form that somebody needs. */
import type { JournalEntry } from '../../control-api/control-api.ts';
import { useApi } from '../api/session.tsx';
import { MenuButton } from '../parts/menu-button.tsx';
import { useCopy } from '../parts/copy.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { renderCurl, renderFetch, renderPact, type Request } from './copy-as.ts';
import { renderScenarioRecord } from './scenario-record.ts';

const FORMS = [
  { id: 'curl', label: 'curl', hint: 'for a terminal' },
  { id: 'fetch', label: 'fetch', hint: 'for JavaScript' },
  { id: 'pact', label: 'Pact interaction', hint: 'for a consumer test in TypeScript' },
  { id: 'record', label: 'Scenario record', hint: 'the record that the answer shows, as YAML' },
  { id: 'entry', label: 'Journal entry', hint: 'as JSON' },
] as const;

export function CopyMenu({
  entry,
  request,
}: {
  readonly entry: JournalEntry;
  readonly request: Request;
}) {
  const api = useApi();
  const copy = useCopy();
  const { attempt } = useToasts();
  const copyAs: Readonly<Record<string, () => void>> = {
    curl: () => copy(renderCurl(request), 'the curl command'),
    fetch: () => copy(renderFetch(request), 'the call of fetch'),
    pact: () => copy(renderPact(entry), 'the Pact interaction'),
    entry: () => copy(JSON.stringify(entry, undefined, 2), 'the journal entry'),
    record: () =>
      void attempt(
        async () => {
          const text = await renderScenarioRecord(entry, await api.exportState(entry.sandbox));
          await navigator.clipboard.writeText(text);
        },
        () => ({ text: 'Copied the scenario record.' }),
      ),
  };
  return <MenuButton label="Copy as" entries={FORMS} onAction={(id) => copyAs[id]?.()} />;
}
