/** Path templates: `/users/{id}`, `/report.{format}`, `/items/{id}:cancel`, `/Books({key})`. */
import type { Routing } from '../vendors/vendor.ts';

export type Template = {
  readonly text: string;
  /** The parameters of a path that was decoded; undefined where it does not match. */
  match(path: string): Readonly<Record<string, string>> | undefined;
};

const PARAMETER = /\{([^{}]+)\}/g;

export function compileTemplate(
  text: string,
  { ignoreCase, ignoreTrailingSlash }: Pick<Routing, 'ignoreCase' | 'ignoreTrailingSlash'>,
): Template {
  const names = [...text.matchAll(PARAMETER)].map(([, name = '']) => name);
  const bare = ignoreTrailingSlash && text.endsWith('/') ? text.slice(0, -1) : text;
  const source = bare
    .split(/\{[^{}]+\}/)
    .map((part) => decode(part).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join(`([^/]+)`);
  const pattern = new RegExp(
    `^${source}${ignoreTrailingSlash ? '/?' : ''}$`,
    ignoreCase ? 'is' : 's',
  );
  return {
    text,
    match(path) {
      const match = pattern.exec(path);
      if (!match) return undefined;
      return Object.fromEntries(
        names.map((name, i) => [name, (match[i + 1] ?? '').replaceAll(SLASH, '/')]),
      );
    },
  };
}

/** Stands for an encoded slash while segments are told apart; no character of a path. */
const SLASH = '\u0000';

/** Decodes each segment by itself: `%2F` stays in its parameter. */
export function decodeSegments(path: string): string {
  if (!path.includes('%')) return path;
  return path
    .split('/')
    .map((segment) => decode(segment).replaceAll('/', SLASH))
    .join('/');
}

/** As sent where that is not possible: no literal of a template looks like that. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Less than 0 where the first is more concrete: segment by segment, text before text with a parameter before a parameter. */
export function compareTemplates(first: string, second: string): number {
  const others = second.split('/');
  for (const [index, segment] of first.split('/').entries()) {
    const difference = vaguenessOf(segment) - vaguenessOf(others[index] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** 0: text alone. The more text there is beside parameters, the less vague. */
function vaguenessOf(segment: string): number {
  if (!segment.includes('{')) return 0;
  return 1 / (1 + segment.replaceAll(PARAMETER, '').length);
}
