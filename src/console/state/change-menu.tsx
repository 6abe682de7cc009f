/** Makes, changes or removes a record by the vendor's own operation, as an app would. */
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { CollectionView, StoredRecord } from '../../control-api/control-api.ts';
import { useExamples, useSpec } from '../api/use-queries.ts';
import { readOperations } from '../openapi/read-operation.ts';
import type { ViewProps } from '../place.ts';
import { Resend } from '../traffic/resend.tsx';
import { sandboxUrl } from '../traffic/first-entry.tsx';
import { draftChange } from './draft-change.ts';

const VERBS = { create: 'New', change: 'Edit', remove: 'Remove' } as const;

export function ChangeMenu({
  collection: { vendor, operations },
  record,
  place,
  go,
}: ViewProps & {
  readonly collection: CollectionView;
  /** Undefined: for a new record. */
  readonly record?: StoredRecord;
}) {
  const { data: document } = useSpec(vendor);
  const { data } = useExamples(place.sandbox);
  const queries = useQueryClient();
  const [opened, setOpened] = useState<string>();
  if (!document || !data) return undefined;
  const offered = operations.filter(({ does }) => (does === 'create') === (record === undefined));
  const known = readOperations(document);
  const credentials = data.examples.find((each) => each.vendor === vendor)?.headers ?? {};
  return offered.map(({ does, operation: id, ids }) => {
    const operation = known.find((each) => each.id === id);
    if (!operation) return undefined;
    const server = sandboxUrl(place.sandbox);
    const request = draftChange(document, operation, { server, credentials, record, ids });
    return (
      <span key={id}>
        <button className="button" type="button" onClick={() => setOpened(id)}>
          {VERBS[does]}…
        </button>
        <Resend
          title={operation.summary}
          request={request}
          isOpen={opened === id}
          onClose={() => setOpened(undefined)}
          onSent={(entry) => {
            void queries.invalidateQueries();
            go({ ...place, view: 'traffic', rest: [entry] });
          }}
        />
      </span>
    );
  });
}
