/** Sends an operation to this sandbox, with credentials that it accepts, and shows what came back. */
import { useEffect, useId, useRef, useState } from 'react';
import { useExamples } from '../api/use-queries.ts';
import { keyOf, toRequest, draftOf, type Draft } from '../openapi/to-request.ts';
import type { ReadOperation } from '../openapi/read-operation.ts';
import { useToasts } from '../parts/toasts.tsx';
import type { Place } from '../place.ts';
import type { Request } from '../traffic/copy-as.ts';
import { sandboxUrl } from '../traffic/first-entry.tsx';
import { Answered, type Sent } from './answered.tsx';
import { readCredentials } from './credentials.ts';
import { examplesFor } from './examples-for.ts';
import { TryBody } from './try-body.tsx';

export function Try({
  operation,
  vendor,
  place,
}: {
  readonly operation: ReadOperation;
  readonly vendor: string;
  readonly place: Place;
}) {
  const id = useId();
  const { attempt } = useToasts();
  const { data } = useExamples(place.sandbox);
  const example = data?.examples.find((each) => each.vendor === vendor);
  const credentials = readCredentials(example);
  const [written, setDraft] = useState<Draft | undefined>();
  const draft = written ?? draftOf(operation, examplesFor(operation, example));
  const [chosen, setChosen] = useState(0);
  const [sent, setSent] = useState<Sent | undefined>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const headers = credentials[chosen]?.headers ?? {};
  const request = toRequest(
    operation,
    { ...draft, credentials: headers },
    sandboxUrl(place.sandbox),
  );
  return (
    <section className="try" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} ref={heading} tabIndex={-1}>
        Try it in sandbox {place.sandbox}
      </h3>
      <form
        className="try-form"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(() => send(request)).then(setSent);
        }}
      >
        <div className="try-parameters">
          {credentials.length > 0 && (
            <div className="field">
              <label htmlFor={`${id}-key`}>Credentials</label>
              <select
                id={`${id}-key`}
                className="select"
                value={chosen}
                onChange={(event) => setChosen(Number(event.target.value))}
              >
                {credentials.map(({ label }, index) => (
                  <option key={label} value={index}>
                    {label}
                  </option>
                ))}
                <option value={-1}>none</option>
              </select>
            </div>
          )}
          {operation.parameters.map((each) => (
            <div key={keyOf(each)} className="field">
              <label htmlFor={`${id}-${keyOf(each)}`}>
                <code>{each.name}</code>{' '}
                {[each.place === 'query' ? '' : each.place, each.isRequired ? 'required' : '']
                  .filter(Boolean)
                  .join(', ')}
              </label>
              <input
                id={`${id}-${keyOf(each)}`}
                className="input mono"
                required={each.place === 'path'}
                placeholder={each.type}
                value={draft.values[keyOf(each)] ?? ''}
                onChange={({ target }) =>
                  setDraft({ ...draft, values: { ...draft.values, [keyOf(each)]: target.value } })
                }
              />
            </div>
          ))}
        </div>
        {operation.body && (
          <TryBody
            operation={operation}
            body={operation.body}
            example={example}
            draft={draft}
            onChange={setDraft}
          />
        )}
        <div className="try-send">
          <button className="button primary" type="submit">
            Send
          </button>
          <code className="soft">
            {request.method} {request.url}
          </code>
        </div>
      </form>
      {sent && <Answered key={sent.id} sent={sent} place={place} />}
    </section>
  );
}

async function send({ method, url, headers, body }: Request): Promise<Sent> {
  const answer = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body }),
  });
  return { status: answer.status, id: answer.headers.get('x-mock-request-id') ?? '' };
}
