/** A draft of the request that changes a record: its own values where the operation takes them. */
import type { StoredRecord } from '../../control-api/control-api.ts';
import type { Json, JsonObject } from '../../messages/json.ts';
import type { SpecDocument } from '../openapi/spec-document.ts';
import { readFields, type ReadOperation } from '../openapi/read-operation.ts';
import { draftOf, toRequest } from '../openapi/to-request.ts';
import type { Request } from '../traffic/copy-as.ts';

export function draftChange(
  document: SpecDocument,
  operation: ReadOperation,
  {
    server,
    credentials,
    record,
    ids,
  }: {
    readonly server: string;
    readonly credentials: Readonly<Record<string, string>>;
    /** Undefined: the record is new, so the example of the document is the draft. */
    readonly record: StoredRecord | undefined;
    readonly ids: Readonly<Record<string, string>>;
  },
): Request {
  if (!record) return toRequest(operation, { ...draftOf(operation), credentials }, server);
  const parameters = operation.parameters.map((each) => {
    const field = ids[each.name];
    // A parameter that names the record is needed, even if the document does not require it.
    return field === undefined
      ? each
      : { ...each, example: record[field] as Json, isRequired: true };
  });
  const changed = { ...operation, parameters };
  const draft = draftOf(changed);
  const schema = operation.body?.schema;
  const body = schema ? JSON.stringify(valuesOf(document, schema, record, ids), undefined, 2) : '';
  return toRequest(changed, { ...draft, body, credentials }, server);
}

/** The fields that the operation takes and the record has. */
function valuesOf(
  document: SpecDocument,
  schema: JsonObject,
  record: StoredRecord,
  ids: Readonly<Record<string, string>>,
): JsonObject {
  const fields = readFields(document, schema).flatMap(({ name }): [string, Json][] => {
    const value = record[ids[name] ?? name];
    return value === undefined || value === null ? [] : [[name, value as Json]];
  });
  return Object.fromEntries(fields);
}
