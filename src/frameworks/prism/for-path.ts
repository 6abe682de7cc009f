/**
 * Writes path parameters in the form that Prism reads correctly. Prism reads a path as an RFC 6570 template: literals that
 * are not ASCII do not match, a comma makes a list, and some names contain operators.
 */
import type { PrismOperation } from '../../openapi/read-operations.ts';

const PARAMETER = /\{([^{}]+)\}/g;
const PLAIN_NAME = /^[-\w%][-\w%.]*$/;

/** Returns the operation with a path that consists of parameters: `/{id}/{date}`. */
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

/** Returns the request's path in that form. `parameters` are the decoded values of the operation's `path`. */
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
