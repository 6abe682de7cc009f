/** Why a request got its answer: what broke the documentation, what was tolerated, what acted, which doubts shaped it. */
import { isJsonObject, type Json } from '../../messages/json.ts';
import type { Finding, JournalEntry, LedgerRow, ShownBody } from '../../control-api/control-api.ts';
import { useLedger, useOverrides, useSpec, useVendors } from '../api/use-queries.ts';
import type { SpecDocument } from '../openapi/spec-document.ts';
import { JsonView } from '../parts/json-view.tsx';
import { CopyButton } from '../parts/copy.tsx';
import { hrefOf, type Place, type View } from '../place.ts';
import { findDocumented, findExample } from './documented.ts';
import { findSentences } from './sentences.ts';
import { LiveNotes } from './live-notes.tsx';
import { nameOf } from './words.ts';

export function Why({ entry, place }: { readonly entry: JournalEntry; readonly place: Place }) {
  const { vendor, operation, violations, warnings, status } = entry;
  const { data: document } = useSpec(vendor);
  const { data: served } = useVendors();
  const title = served?.vendors.find(({ name }) => name === vendor)?.title ?? vendor ?? undefined;
  const isRefused = status >= 400 || violations.length > 0;
  const example =
    isRefused && document && operation !== null ? findExample(document, operation) : undefined;
  return (
    <>
      <p>{summarize(entry, title)}</p>
      {violations.length > 0 && (
        <section>
          <h3>Violations of the documentation</h3>
          {violations.map((finding, index) => (
            <FindingView
              key={index}
              finding={finding}
              entry={entry}
              document={document}
              title={title}
            />
          ))}
        </section>
      )}
      {warnings.length > 0 && (
        <section>
          <h3>Accepted although the documentation says otherwise</h3>
          {warnings.map((finding, index) => (
            <FindingView
              key={index}
              finding={finding}
              entry={entry}
              document={document}
              title={title}
              isWarning
            />
          ))}
        </section>
      )}
      <LiveNotes entry={entry} place={place} />
      <OverrideNote entry={entry} place={place} />
      {example !== undefined && (
        <section>
          <h3>
            A body that fits the documentation{' '}
            <CopyButton text={JSON.stringify(example, undefined, 2)} what="the example" />
          </h3>
          <JsonView value={example} label="A body that fits the documentation" />
        </section>
      )}
      <LedgerNotes ids={entry.ledger} place={place} />
    </>
  );
}

function summarize(entry: JournalEntry, title: string | undefined): string {
  const { status, violations, warnings, kind, override, response } = entry;
  if (override !== undefined) return `Override ${override} shaped this answer.`;
  if (kind === 'proxied') return summarizeProxied(response.body, title);
  if (kind === 'unmatched' && entry.vendor === null)
    return 'No vendor serves this path, so the mock itself answered.';
  if (kind === 'unmatched') return `${title} has no operation for this method and path.`;
  if (violations.length > 0) {
    const faults = violations.length === 1 ? 'one fault' : `${violations.length} faults`;
    return `${title} refuses this request for ${faults}.`;
  }
  if (status >= 500) return 'The answer is a failure of the server.';
  if (status >= 400) {
    const [sentence] = findSentences(response.body, undefined);
    return sentence === undefined
      ? `${title} refuses this request.`
      : `${title} refuses this request: “${sentence}”`;
  }
  if (warnings.length > 0) {
    const values = warnings.length === 1 ? 'one value' : `${warnings.length} values`;
    return `The request succeeded. ${title} accepted ${values} that its documentation does not allow.`;
  }
  return 'The request fits the documentation, and it succeeded.';
}

/** The mock itself answers for a vendor that cannot be reached or is too slow. */
function summarizeProxied(body: ShownBody, title: string | undefined): string {
  const json = body !== null && 'json' in body ? (body.json as Json) : null;
  const { type, detail } = isJsonObject(json) ? json : {};
  const isFault = typeof type === 'string' && type.includes('/_mock/errors/upstream-');
  return isFault
    ? `The request was forwarded, but there is no answer: ${String(detail)}`
    : `The request was forwarded, and ${title} itself gave this answer.`;
}

function FindingView({
  finding,
  entry,
  document,
  title,
  isWarning = false,
}: {
  readonly finding: Finding;
  readonly entry: JournalEntry;
  readonly document: SpecDocument | undefined;
  readonly title: string | undefined;
  readonly isWarning?: boolean;
}) {
  const { operation, response } = entry;
  const documented =
    document && operation !== null
      ? findDocumented(document, operation, finding.in, finding.path)
      : undefined;
  const field = finding.path.findLast((part) => typeof part === 'string');
  const sentences = isWarning ? [] : findSentences(response.body, field ?? finding.message);
  return (
    <div className={`finding${isWarning ? ' warning' : ''}`}>
      <code className="name">{nameOf(finding)}</code>
      <p>{finding.message}</p>
      {documented && (
        <p className="soft">
          Documented: {documented.type || 'any value'}
          {documented.isRequired ? ', required' : ''}.{' '}
          {documented.description !== undefined && firstSentence(documented.description)}
          {documented.example !== undefined && (
            <>
              {' '}
              Example: <code>{JSON.stringify(documented.example)}</code>
            </>
          )}
        </p>
      )}
      {sentences.map((sentence) => (
        <p key={sentence}>
          In the words of {title}, because of <code>{field}</code>: “{sentence}”
        </p>
      ))}
    </div>
  );
}

function firstSentence(text: string): string {
  return `${text.split(/(?<=[.:])\s/)[0] ?? text} `;
}

function OverrideNote({ entry, place }: { readonly entry: JournalEntry; readonly place: Place }) {
  const { data: overrides } = useOverrides(place.sandbox);
  if (entry.override === undefined) return undefined;
  const rule = overrides?.find(({ id }) => id === entry.override);
  return (
    <section>
      <h3>
        Override {entry.override} <ViewLink place={place} view="overrides" text="Show overrides" />
      </h3>
      {rule ? (
        <JsonView value={rule.effect} label={`The effect of override ${rule.id}`} />
      ) : (
        <p className="soft">It has been removed since.</p>
      )}
    </section>
  );
}

function LedgerNotes({ ids, place }: { readonly ids: readonly string[]; readonly place: Place }) {
  const { data: rows } = useLedger(place.sandbox);
  if (ids.length === 0) return undefined;
  return (
    <section>
      <h3>Doubts about the documentation that shaped the answer</h3>
      {ids.map((id) => (
        <RowNote key={id} id={id} row={rows?.find((each) => each.id === id)} place={place} />
      ))}
    </section>
  );
}

function RowNote({
  id,
  row,
  place,
}: {
  readonly id: string;
  readonly row: LedgerRow | undefined;
  readonly place: Place;
}) {
  return (
    <div className="row-note">
      <div>
        <code>{id}</code> {row && <span>{row.title}</span>}{' '}
        {row && <span className="badge">{row.evidence}</span>}{' '}
        {row?.choice !== undefined && <span className="badge accent">{row.choice}</span>}
      </div>
      {row && <p className="soft">{row.mock}</p>}
      {row?.choices && (
        <ViewLink place={place} view="vendors" rest={['ledger', id]} text="Switch" />
      )}
    </div>
  );
}

function ViewLink({
  place,
  view,
  rest = [],
  text,
}: {
  readonly place: Place;
  readonly view: View;
  readonly rest?: readonly string[];
  readonly text: string;
}) {
  return <a href={hrefOf({ ...place, view, rest })}>{text}</a>;
}
