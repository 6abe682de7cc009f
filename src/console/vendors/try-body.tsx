/** The body of a request that is tried: in which form, from which example, and as text. */
import { useId } from 'react';
import type { VendorExample } from '../../control-api/control-api.ts';
import { textOf, type Draft } from '../openapi/to-request.ts';
import type { Content, ReadOperation } from '../openapi/read-operation.ts';
import { examplesFor } from './examples-for.ts';

export function TryBody({
  operation,
  body,
  example,
  draft,
  onChange,
}: {
  readonly operation: ReadOperation;
  readonly body: Content;
  /** A request of the vendor that succeeds in this sandbox. */
  readonly example: VendorExample | undefined;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}) {
  const id = useId();
  const examples = examplesFor(operation, example);
  return (
    <div className="field">
      <label htmlFor={`${id}-body`}>Body</label>
      <div className="try-choices">
        <select
          className="select"
          aria-label="Media type"
          value={draft.mediaType}
          onChange={({ target }) => onChange({ ...draft, mediaType: target.value })}
        >
          {body.mediaTypes.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
        {examples.length > 1 && (
          <select
            className="select"
            aria-label="Example"
            value={examples.findIndex(({ value }) => textOf(value) === draft.body)}
            onChange={({ target }) => {
              const value = examples[Number(target.value)]?.value;
              onChange({ ...draft, body: textOf(value) });
            }}
          >
            <option value={-1} disabled>
              Edited
            </option>
            {examples.map(({ name }, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </select>
        )}
      </div>
      <textarea
        id={`${id}-body`}
        className="textarea"
        spellCheck={false}
        rows={Math.min(16, draft.body.split('\n').length + 1)}
        value={draft.body}
        onChange={({ target }) => onChange({ ...draft, body: target.value })}
      />
    </div>
  );
}
