import type { Query } from '../../messages/message.ts';

/** Decodes a query as Prism's server does: a name that is sent several times holds a list. */
export function readQuery(query: string): Query {
  const values = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(values.keys())].map((name) => {
      const all = values.getAll(name);
      return [name, all.length > 1 ? all : (all[0] ?? '')];
    }),
  );
}
