/** A request to an operation: first the examples of its document, then what a person made of them. */
import type { Json } from '../../messages/json.ts';
import type { Request } from '../traffic/copy-as.ts';
import type { Example, Parameter, ReadOperation } from './read-operation.ts';

export type Draft = {
  /** By `keyOf`. A parameter without a value is not sent. */
  readonly values: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
  readonly mediaType: string | undefined;
  readonly body: string;
};

export function draftOf(
  { parameters, body }: ReadOperation,
  [example]: readonly Example[] = body?.examples ?? [],
): Draft {
  return {
    values: Object.fromEntries(
      parameters
        .filter(({ isRequired }) => isRequired)
        .map((each) => [keyOf(each), textOf(each.example)]),
    ),
    credentials: {},
    mediaType: body?.mediaTypes.find((each) => /json/i.test(each)) ?? body?.mediaTypes[0],
    body: textOf(example?.value),
  };
}

export function toRequest(
  { method, path, parameters }: ReadOperation,
  { values, credentials, mediaType, body }: Draft,
  server: string,
): Request {
  const given = (place: string) =>
    parameters.flatMap((each): [string, string][] => {
      const value = values[keyOf(each)] ?? '';
      return each.place === place && value !== '' ? [[each.name, value]] : [];
    });
  const filled = given('path').reduce(
    (all, [name, value]) => all.replaceAll(`{${name}}`, () => encodeURIComponent(value)),
    path,
  );
  const query = given('query').map((pair) => pair.map(encodeURIComponent).join('='));
  const hasBody = body !== '' && mediaType !== undefined;
  return {
    method,
    url: `${server}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers: {
      ...credentials,
      ...Object.fromEntries(given('header')),
      ...(hasBody && { 'content-type': mediaType }),
    },
    body: hasBody ? body : undefined,
  };
}

export function keyOf({ place, name }: Parameter): string {
  return `${place} ${name}`;
}

export function textOf(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}
