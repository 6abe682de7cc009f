import type { Query } from '../../messages/message.ts';

/** As Prism's server decodes it: a name that came several times holds a list. */
export function readQuery(query: string): Query {
  const values = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(values.keys())].map((name) => {
      const all = values.getAll(name);
      return [name, all.length > 1 ? all : (all[0] ?? '')];
    }),
  );
}
