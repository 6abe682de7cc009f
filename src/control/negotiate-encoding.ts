/** Chooses between the stored forms of a file by `Accept-Encoding` (RFC 9110, 12.5.3). */
export type Encoding = 'br' | 'gzip' | 'identity';

const PREFERRED = ['br', 'gzip'] as const;

/** The shortest form that the client accepts and that `has` knows; `identity` without such a form. */
export function negotiateEncoding(
  header: string | string[] | undefined,
  has: (encoding: Encoding) => boolean,
): Encoding {
  const weights = new Map(
    String(header ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', ...parameters] = part.trim().split(/\s*;\s*/);
        const weight = parameters.find((each) => each.startsWith('q='))?.slice(2) ?? '1';
        return [name, Number(weight)];
      }),
  );
  const isAccepted = (name: Encoding) => (weights.get(name) ?? weights.get('*') ?? 0) > 0;
  return PREFERRED.find((name) => isAccepted(name) && has(name)) ?? 'identity';
}
