/** The fields of a schema, with those of the objects inside it to unfold. */
import { isJsonObject, type JsonObject } from '../../messages/json.ts';
import type { SpecDocument } from './spec-document.ts';
import { Inline } from './prose.tsx';
import { resolve } from '../traffic/documented.ts';
import { readFields, readForms, type Field } from './read-operation.ts';

/** Schemas can contain themselves. */
const DEEPEST = 6;

export function SchemaFields({
  document,
  schema,
  depth = 0,
}: {
  readonly document: SpecDocument;
  readonly schema: JsonObject;
  readonly depth?: number;
}) {
  if (depth > DEEPEST) return undefined;
  const object = objectOf(document, schema);
  const fields = readFields(document, object);
  const forms = readForms(document, object);
  return (
    <>
      {fields.length > 0 && (
        <ul className="schema">
          {fields.map((field) => (
            <li key={field.name}>
              <FieldLine field={field} />
              {field.inside && (
                <details>
                  <summary className="soft">Fields of {field.name}</summary>
                  <SchemaFields document={document} schema={field.inside} depth={depth + 1} />
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
      {forms.map((form) => (
        <details key={form.name}>
          <summary>
            <code>{form.name}</code>
          </summary>
          <SchemaFields document={document} schema={form.schema} depth={depth + 1} />
        </details>
      ))}
    </>
  );
}

export function FieldLine({
  field: { name, type, isRequired, description, example },
  place,
}: {
  readonly field: Field;
  readonly place?: string;
}) {
  return (
    <>
      <div className="field-head">
        <code className="name">{name}</code>
        <span className="soft">
          {[place, type || 'any value', isRequired ? 'required' : ''].filter(Boolean).join(', ')}
        </span>
        {example !== undefined && (
          <code className="soft example" title="Example">
            {JSON.stringify(example)}
          </code>
        )}
      </div>
      {description !== '' && (
        <p>
          <Inline text={description} />
        </p>
      )}
    </>
  );
}

/** The fields of a list are those of its items. */
function objectOf(document: SpecDocument, schema: JsonObject): JsonObject {
  const target = resolve(document, schema);
  return isJsonObject(target['items']) ? objectOf(document, target['items']) : target;
}
