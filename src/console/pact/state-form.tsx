/** A provider state: its parameters, and what the sandbox holds once it is entered. */
import { useId, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Params, Scenario } from '../../control-api/control-api.ts';
import { isJsonObject, type JsonObject } from '../../messages/json.ts';
import { useApi } from '../api/session.tsx';
import { CopyButton } from '../parts/copy.tsx';
import { useToasts } from '../parts/toasts.tsx';
import type { Place } from '../place.ts';

export function StateForm({
  sentence,
  scenario,
  place,
  onClose,
}: {
  readonly sentence: string;
  readonly scenario: Scenario;
  readonly place: Place;
  readonly onClose: () => void;
}) {
  const { sandbox } = place;
  const api = useApi();
  const queries = useQueryClient();
  const { attempt } = useToasts();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [injected, setInjected] = useState<Params>();
  const { data } = useQuery({
    queryKey: ['scenario', scenario.name],
    queryFn: () => api.getScenario(scenario.name),
  });
  const params = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const enter = () =>
    attempt(
      async () => {
        const before = await api.exportState(sandbox);
        setInjected(await api.enterProviderState(sandbox, sentence, params));
        await queries.invalidateQueries();
        return before;
      },
      (before) => ({
        text: `${sandbox} is in this state.`,
        async undo() {
          await api.importState(sandbox, before);
          setInjected(undefined);
          await queries.invalidateQueries();
        },
      }),
    );
  return (
    <article
      className="detail row-detail"
      aria-labelledby="state-title"
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <header className="detail-head">
        <h2 id="state-title">{sentence}</h2>
        <button className="button plain end" type="button" onClick={onClose}>
          Close
        </button>
        <p className="soft">
          <code>{scenario.name}</code> · {scenario.description}
        </p>
      </header>
      <div className="detail-body">
        <form
          className="state-form"
          onSubmit={(event) => {
            event.preventDefault();
            void enter();
          }}
        >
          {scenario.parameters.map((name) => (
            <ParameterField
              key={name}
              name={name}
              schema={schemaOf(data?.document, name)}
              value={values[name] ?? ''}
              onChange={(value) => setValues({ ...values, [name]: value })}
            />
          ))}
          <p className="hint">
            Replaces the records of sandbox {sandbox}. A second state that is entered before the
            next request is added to the first.
          </p>
          <div>
            <button className="button primary" type="submit">
              Enter state
            </button>
          </div>
        </form>
        {injected && <Injected values={injected} />}
        <section>
          <h3>
            In a consumer test{' '}
            <CopyButton text={givenOf(sentence, params)} what="the call of given" />
          </h3>
          <pre className="code wrap">{givenOf(sentence, params)}</pre>
        </section>
      </div>
    </article>
  );
}

function ParameterField({
  name,
  schema,
  value,
  onChange,
}: {
  readonly name: string;
  readonly schema: JsonObject;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const { type, default: byDefault, description } = schema;
  return (
    <div className="field">
      <label htmlFor={id}>
        {name}
        {typeof type === 'string' && <span className="soft">, {type}</span>}
      </label>
      <input
        id={id}
        className="input"
        value={value}
        placeholder={byDefault === undefined ? '' : String(byDefault)}
        onChange={(event) => onChange(event.target.value)}
      />
      {typeof description === 'string' && <span className="hint">{description}</span>}
    </div>
  );
}

function Injected({ values }: { readonly values: Params }) {
  const entries = Object.entries(values);
  return (
    <section aria-live="polite">
      <h3>Values that Pact can inject</h3>
      {entries.length === 0 ? (
        <p className="soft">None</p>
      ) : (
        <dl className="facts mono">
          {entries.map(([name, value]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function schemaOf(document: unknown, name: string): JsonObject {
  const parameters = isJsonObject(document) ? document['parameters'] : undefined;
  const schema = isJsonObject(parameters) ? parameters[name] : undefined;
  return isJsonObject(schema) ? schema : {};
}

/** `.given('a program license exists', { count: '5' })` */
function givenOf(sentence: string, params: Params): string {
  const name = JSON.stringify(sentence);
  return Object.keys(params).length === 0
    ? `.given(${name})`
    : `.given(${name}, ${JSON.stringify(params)})`;
}
