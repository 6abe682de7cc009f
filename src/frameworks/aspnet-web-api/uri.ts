/** Binds an action's parameters from path and query as Web API does: names in any letter case, the first of several values. */
import type { Query, Violation, Warning } from '../../messages/message.ts';
import { bindValue } from './bind-value.ts';
import type { FieldType } from './model.ts';
import { shorten } from './decoded.ts';

export type UriParameter = {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly type: Extract<FieldType, 'text' | 'int' | 'boolean' | 'guid'>;
  /** True if the action's code gives it a default value. A missing or invalid value is then replaced by the default. */
  readonly isOptional: boolean;
};

export type BoundUri = {
  /** Under the documented names, in the documented forms. */
  readonly query: Query;
  /** Required parameters that the query lacks. Web API then finds no action for the request. */
  readonly missing: readonly string[];
  /** Required values that did not bind. */
  readonly unbound: readonly Violation[];
  readonly tolerated: readonly Warning[];
};

const CLR_TYPES = {
  text: 'System.String',
  int: 'System.Int32',
  boolean: 'System.Boolean',
  guid: 'System.Guid',
} as const;

/** `search` is the query as sent, without `?`; `path` holds the decoded parameters. */
export function bindUri(
  search: string,
  path: Readonly<Record<string, string>>,
  parameters: readonly UriParameter[],
): BoundUri {
  const sent = readSearch(search);
  const query: Record<string, string> = {};
  const missing: string[] = [];
  const unbound: Violation[] = [];
  const tolerated: Warning[] = [];
  const warn = (name: string, keyword: string, message: string) =>
    tolerated.push({ in: 'query', path: [name], keyword, message });

  for (const parameter of parameters) {
    const { name, type, isOptional } = parameter;
    const found = parameter.in === 'path' ? undefined : sent.get(name.toLowerCase());
    const text = parameter.in === 'path' ? path[name] : found?.values[0];
    if (text === undefined) {
      if (!isOptional) missing.push(name);
      continue;
    }
    if (found && found.written !== name) {
      const message = `"${found.written}" is spelt ${name} in the docs; the vendor accepts it anyway.`;
      warn(found.written, 'additionalProperties', message);
    }
    if (found && found.values.length > 1) {
      warn(name, 'duplicate', `${name} occurs more than once; the vendor takes the first one.`);
    }
    const bound = bindValue('form', text, { type, isNullable: false });
    if (bound) {
      // For an empty text the action gets null. A required one becomes a blank, because Prism treats an empty value as missing.
      if (bound.value !== null || !isOptional) query[name] = String(bound.value ?? ' ');
      if (bound.tolerated && parameter.in === 'query') {
        warn(
          name,
          bound.tolerated.keyword,
          `"${shorten(text)}" is not ${bound.tolerated.wanted}, as the docs require; the vendor accepts it.`,
        );
      }
    } else if (isOptional) {
      warn(
        name,
        'type',
        `"${shorten(text)}" cannot be converted to ${CLR_TYPES[type]}; the vendor takes the default.`,
      );
    } else {
      unbound.push({
        in: parameter.in,
        path: [name],
        keyword: 'type',
        message: explain(parameter),
      });
    }
  }
  const known = new Set(parameters.map(({ name }) => name.toLowerCase()));
  for (const [lower, { written }] of sent) {
    if (known.has(lower)) continue;
    const message = `"${shorten(written)}" is not a documented parameter; the vendor ignores it.`;
    warn(written, 'additionalProperties', message);
  }
  for (const { name, in: place } of parameters) if (place === 'path') delete query[name];
  return { query, missing, unbound, tolerated };
}

type Sent = { readonly written: string; readonly values: string[] };

/** Keyed by the name in lower case. */
function readSearch(search: string): ReadonlyMap<string, Sent> {
  const sent = new Map<string, Sent>();
  for (const [name, value] of new URLSearchParams(search)) {
    const found = sent.get(name.toLowerCase()) ?? { written: name, values: [] };
    found.values.push(value);
    sent.set(name.toLowerCase(), found);
  }
  return sent;
}

/** The start of the framework's message about a parameter without a value. */
export const NULL_ENTRY = 'The parameters dictionary contains a null entry for parameter';

/** The framework's message, without the names of the vendor's methods and classes. */
function explain({ name, type }: UriParameter): string {
  return `${NULL_ENTRY} '${name}' of non-nullable type '${CLR_TYPES[type]}'. An optional parameter must be a reference type, a nullable type, or be declared as an optional parameter.`;
}
