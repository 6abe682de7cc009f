/** Media types as defined in RFC 9110, 8.3.1. Frameworks have their own parsers. */

export type MediaType = {
  /** In lower case, without parameters: `application/json`. Empty if the text has none. */
  readonly name: string;
  /** The parameter `charset` in lower case, without quotes. */
  readonly charset: string | undefined;
};

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;

export function parseMediaType(text = ''): MediaType {
  return {
    name: (text.split(';', 1)[0] ?? '').trim().toLowerCase(),
    charset: CHARSET.exec(text)?.[1]?.toLowerCase(),
  };
}

/** `application/json`, `text/json`, `application/problem+json`. */
export function isJsonType(name: string): boolean {
  return /^[a-z]+\/(?:.+\+)?json$/.test(name);
}

export function isXmlType(name: string): boolean {
  return /^[a-z]+\/(?:.+\+)?xml$/.test(name);
}

/** `application/yaml`, `text/x-yaml`, `application/vnd.oai.openapi+yaml`. */
export function isYamlType(name: string): boolean {
  return /^[a-z]+\/(?:x-|.+\+)?yaml$/.test(name);
}
