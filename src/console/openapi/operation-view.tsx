/** One operation to read: what it takes, what it answers. */
import type { SpecDocument } from './spec-document.ts';
import { JsonView } from '../parts/json-view.tsx';
import { FieldLine, SchemaFields } from './fields.tsx';
import { Inline, Prose } from './prose.tsx';
import type { Answer, Content, ReadOperation } from './read-operation.ts';

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
          <ul className="schema">
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
          <Examples content={body} what="the body" />
        </section>
      )}
      <Answers title="Answers" document={document} answers={answers.filter(isSuccess)} />
      <Answers
        title="Refusals"
        document={document}
        answers={answers.filter((each) => !isSuccess(each))}
      />
    </>
  );
}

function isSuccess({ status }: Answer): boolean {
  return /^[123]/.test(status);
}

function Answers({
  title,
  document,
  answers,
}: {
  readonly title: string;
  readonly document: SpecDocument;
  readonly answers: readonly Answer[];
}) {
  if (answers.length === 0) return undefined;
  return (
    <section>
      <h3>{title}</h3>
      <div>
        {answers.map((answer) => (
          <AnswerView key={answer.status} document={document} answer={answer} />
        ))}
      </div>
    </section>
  );
}

function AnswerView({
  document,
  answer,
}: {
  readonly document: SpecDocument;
  readonly answer: Answer;
}) {
  const { status, description, content } = answer;
  const line = (
    <>
      <span className={`status ${isSuccess(answer) ? 'good' : 'bad'}`}>{status}</span>{' '}
      <Inline text={description} />
    </>
  );
  if (!content) return <p className="answer">{line}</p>;
  return (
    <details className="answer">
      <summary>{line}</summary>
      <p className="soft">{content.mediaTypes.join(' · ')}</p>
      <SchemaFields document={document} schema={content.schema} />
      <Examples content={content} what={status} />
    </details>
  );
}

function Examples({ content, what }: { readonly content: Content; readonly what: string }) {
  return content.examples.map(({ name, value }) => (
    <details key={name} className="example">
      <summary className="soft">Example: {name}</summary>
      {typeof value === 'string' ? (
        <pre className="code wrap" tabIndex={0}>
          {value}
        </pre>
      ) : (
        <JsonView value={value} label={`Example of ${what}: ${name}`} />
      )}
    </details>
  ));
}
