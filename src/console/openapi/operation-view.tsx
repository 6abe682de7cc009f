/** One operation to read: what it takes, what it answers. */
import type { SpecDocument } from '../api/api.ts';
import { JsonView } from '../parts/json-view.tsx';
import { FieldLine, SchemaFields } from './fields.tsx';
import { Inline, Prose } from './prose.tsx';
import type { Answer, ReadOperation } from './read-operation.ts';

export function OperationView({
  document,
  operation,
}: {
  readonly document: SpecDocument;
  readonly operation: ReadOperation;
}) {
  const { parameters, body, answers, description } = operation;
  return (
    <>
      {description !== '' && (
        <section>
          <Prose text={description} />
        </section>
      )}
      {parameters.length > 0 && (
        <section>
          <h3>Parameters</h3>
          <ul className="fields">
            {parameters.map((each) => (
              <li key={`${each.place} ${each.name}`}>
                <FieldLine field={each} place={each.place} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {body && (
        <section>
          <h3>Body</h3>
          <p className="soft">{body.mediaTypes.join(' · ')}</p>
          <SchemaFields document={document} schema={body.schema} />
          {body.example !== undefined && (
            <JsonView value={body.example} label="Example of a body" />
          )}
        </section>
      )}
      <section>
        <h3>Answers</h3>
        {answers.map((answer) => (
          <AnswerView key={answer.status} document={document} answer={answer} />
        ))}
      </section>
    </>
  );
}

function AnswerView({
  document,
  answer: { status, description, content },
}: {
  readonly document: SpecDocument;
  readonly answer: Answer;
}) {
  const line = (
    <>
      <span className={`status ${/^[23]/.test(status) ? 'good' : 'bad'}`}>{status}</span>{' '}
      <Inline text={description} />
    </>
  );
  if (!content) return <p className="answer">{line}</p>;
  return (
    <details className="answer">
      <summary>{line}</summary>
      <p className="soft">{content.mediaTypes.join(' · ')}</p>
      <SchemaFields document={document} schema={content.schema} />
      {content.example !== undefined && (
        <JsonView value={content.example} label={`Example of ${status}`} />
      )}
    </details>
  );
}
