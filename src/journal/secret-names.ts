/** Names that mark secrets. */

/** Default parts of names that mark the value of a header, field or parameter as secret. */
export const REDACTED_NAMES: readonly string[] = [
  'authorization',
  'cookie',
  'token',
  'api_key',
  'access_key',
  'private_key',
  'secret',
  'password',
  'passwd',
  'passphrase',
  'credential',
  'jwt',
  'pwd',
  'signature',
  'session_id',
  'x_auth',
  'functions_key',
  'subscription_key',
  'client_key',
  'license_key',
];

/** Headers that are always secret. */
const SECRET_HEADERS = ['authorization', 'proxyauthorization', 'cookie', 'setcookie', 'xapikey'];

export type SecretNames = {
  /** Matches field and parameter names: case-insensitive, ignoring punctuation between letters, also as a part of the name. */
  has(name: string): boolean;
  hasHeader(name: string): boolean;
};

export function createSecretNames(redactedNames: readonly string[]): SecretNames {
  const parts = redactedNames.map(lettersOf).filter((part) => part !== '');
  const headers = new Set(SECRET_HEADERS);
  const holdsPart = (letters: string): boolean => parts.some((part) => letters.includes(part));
  const has = (name: string): boolean =>
    holdsPart(lettersOf(name)) ||
    ((name.includes('\\') || name.includes('%')) && holdsPart(lettersOf(decodeName(name))));
  return { has, hasHeader: (name) => headers.has(lettersOf(name)) || has(name) };
}

const MARKS = /[^\p{L}\p{N}]/gu;
const MARK_ESCAPE = /\\[bfnrt]/g;
const ESCAPE = /\\u([\da-f]{4})|%([\da-f]{2})/gi;

function lettersOf(name: string): string {
  return name.toLowerCase().replace(MARKS, '');
}

/** The letters of a name may be escaped, as in JSON (`\u0074oken`) or in a URL (`%74oken`). */
function decodeName(name: string): string {
  return name
    .replace(MARK_ESCAPE, '')
    .replace(ESCAPE, (_, json?: string, url?: string) =>
      String.fromCharCode(Number.parseInt(json ?? url ?? '', 16)),
    );
}
