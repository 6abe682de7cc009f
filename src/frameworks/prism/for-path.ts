/**
 * Path parameters in the one form that Prism reads correctly. Prism takes a path for an RFC 6570 template: a literal that
 * is not ASCII does not match, a comma makes a list, and some names are operators.
 */
import type { PrismOperation } from '../../openapi/read-operations.ts';

const PARAMETER = /\{([^{}]+)\}/g;
const PLAIN_NAME = /^[-\w%][-\w%.]*$/;

/** The operation with a path of parameters only: `/{id}/{date}`. */
export function withPlainPath(operation: PrismOperation): PrismOperation {
  const { request, path } = operation;
  const names = namesOf(path).map(toPlainName);
  return {
    ...operation,
    path: `/${names.map((name) => `{${name}}`).join('/')}`,
    ...(request?.path && {
      request: {
        ...request,
        path: request.path.map((each) => ({ ...each, name: toPlainName(each.name) })),
      },
    }),
  };
}

/** A request's path to match. `path`: the operation's own; `parameters`: the decoded values. */
export function toPlainPath(path: string, parameters: Readonly<Record<string, string>>): string {
  const values = namesOf(path).map((name) => parameters[name] ?? '');
  return `/${values.map((value) => encodeURIComponent(value.toWellFormed())).join('/')}`;
}

function namesOf(path: string): readonly string[] {
  return [...path.matchAll(PARAMETER)].map(([, name = '']) => name);
}

function toPlainName(name: string): string {
  if (PLAIN_NAME.test(name)) return name;
  return [...Buffer.from(name)].map((byte) => `%${byte.toString(16)}`).join('');
}
