/** The fields of a schema, with those of the objects inside it to unfold. */
import type { JsonObject } from '../../messages/json.ts';
import type { SpecDocument } from '../api/api.ts';
import { Inline } from './prose.tsx';
import { readFields, type Field } from './read-operation.ts';

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
  const own = readFields(document, schema);
  const items = own.length === 0 && schema['items'] !== undefined;
  const fields = items ? readFields(document, insideOf(document, schema)) : own;
  if (fields.length === 0) return undefined;
  return (
    <ul className="fields">
      {fields.map((field) => (
        <li key={field.name}>
          <FieldLine field={field} />
          {field.inside && depth < DEEPEST && (
            <details>
              <summary className="soft">Fields of {field.name}</summary>
              <SchemaFields document={document} schema={field.inside} depth={depth + 1} />
            </details>
          )}
        </li>
      ))}
    </ul>
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

function insideOf(document: SpecDocument, schema: JsonObject): JsonObject {
  const wrapped: JsonObject = { properties: { items: schema } };
  return readFields(document, wrapped)[0]?.inside ?? {};
}
