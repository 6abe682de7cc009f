/** A first draft of a request to an operation, made of the document's own examples. */
import type { Json } from '../../messages/json.ts';
import type { Request } from '../traffic/copy-as.ts';
import type { ReadOperation } from './read-operation.ts';

export function draftRequest(
  { method, path, parameters, body }: ReadOperation,
  server: string,
  credentials: Readonly<Record<string, string>>,
): Request {
  const query = parameters
    .filter(({ place, isRequired }) => place === 'query' && isRequired)
    .map(
      ({ name, example }) => `${encodeURIComponent(name)}=${encodeURIComponent(plain(example))}`,
    );
  const filled = path.replaceAll(/\{([^}]+)\}/g, (template, name: string) => {
    const example = parameters.find((each) => each.place === 'path' && each.name === name)?.example;
    return example === undefined ? template : encodeURIComponent(plain(example));
  });
  const mediaType = body?.mediaTypes.find((each) => /json/i.test(each)) ?? body?.mediaTypes[0];
  return {
    method,
    url: `${server}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers: { ...credentials, ...(mediaType !== undefined && { 'content-type': mediaType }) },
    body: body && render(body.example),
  };
}

function plain(value: Json | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

function render(example: Json | undefined): string {
  if (example === undefined) return '{}';
  return typeof example === 'string' ? example : JSON.stringify(example, undefined, 2);
}
