/** Path templates: `/users/{id}`, `/report.{format}`, `/items/{id}:cancel`, `/Books({key})`. */
import type { Routing } from '../vendors/vendor.ts';

export type Template = {
  readonly text: string;
  /** Returns the parameters of a decoded path; undefined if it does not match. */
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

/** Stands for an encoded slash while the path is split. No path contains this character. */
const SLASH = '\u0000';

/** Decodes each segment separately, so that `%2F` stays inside its parameter. */
export function decodeSegments(path: string): string {
  if (!path.includes('%')) return path;
  return path
    .split('/')
    .map((segment) => decode(segment).replaceAll('/', SLASH))
    .join('/');
}

/** Returns an invalid text as sent, because no literal of a template matches it. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Negative if `first` is more concrete. In each segment, text precedes text with a parameter, then a parameter alone. */
export function compareTemplates(first: string, second: string): number {
  const others = second.split('/');
  for (const [index, segment] of first.split('/').entries()) {
    const difference = vaguenessOf(segment) - vaguenessOf(others[index] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** 0 for text without parameters. More text besides parameters gives a lower value. */
function vaguenessOf(segment: string): number {
  if (!segment.includes('{')) return 0;
  return 1 / (1 + segment.replaceAll(PARAMETER, '').length);
}
