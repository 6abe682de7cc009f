/** Where the state is: `memory`, a folder, or the URL of a PostgreSQL database. */
import { wrong, type Environment, type Value } from './options.ts';

const DATABASE = /^postgres(?:ql)?:/i;
const VARIABLE = /^env:(.*)$/;
const OTHER_URL = /^[a-z][a-z\d+.-]+:\/\//i;
const DEFAULT_PORT = '5432';

export function isDatabase(data: string): boolean {
  return DATABASE.test(data);
}

/** Whether a path in a config file is meant. */
export function isDataFolder(text: string): boolean {
  return text !== 'memory' && !isDatabase(text) && !VARIABLE.test(text);
}

/**
 * `env:NAME` is replaced by the value of that variable. Throws `MockError` `bad-option`, which never shows a URL,
 * because it may contain a password.
 */
export function parseDataLocation(value: Value, environment: Environment): string {
  const located = readVariable(value, environment);
  const hidden = { ...located, text: '…' };
  if (isDatabase(located.text)) {
    if (readDatabaseUrl(located.text)) return located.text;
    throw wrong(
      hidden,
      'Write postgres://USER:PASSWORD@HOST:PORT/DATABASE, and in user and password %40 for @, %3A for :, %2F for /, %3F for ?, %23 for #, %25 for % and %20 for a space',
    );
  }
  if (OTHER_URL.test(located.text)) {
    throw wrong(hidden, 'Write a folder, memory, or a URL that starts with postgres://');
  }
  return located.text;
}

function readVariable(value: Value, environment: Environment): Value {
  const [, name] = VARIABLE.exec(value.text) ?? [];
  if (name === undefined) return value;
  const text = environment[name]?.trim();
  if (text !== undefined && text !== '') return { source: `${name} (${value.source})`, text };
  const state = text === undefined ? 'not set' : 'empty';
  throw wrong(
    value,
    `The environment variable ${name} is ${state}. Set it to a folder or to postgres://…`,
  );
}

/** For people: without the password, and without the parameters, which may contain other secrets. */
export function describeDataLocation(data: string): string {
  if (!isDatabase(data)) return data;
  const url = readDatabaseUrl(data);
  if (!url) return 'postgres://…';
  const { user, host, port, database } = url;
  return `postgres://${user === '' ? '' : `${user}@`}${host}:${port}/${database}`;
}

type DatabaseUrl = {
  readonly user: string;
  readonly host: string;
  readonly port: string;
  readonly database: string;
};

/** Undefined: it is not such a URL, or a part of the password could be taken for something else. */
function readDatabaseUrl(text: string): DatabaseUrl | undefined {
  // The driver takes an empty host for a socket on this machine; `URL` does not.
  const url = URL.parse(text) ?? URL.parse(text.replace('@/', '@localhost/'));
  if (!url || /\s/.test(text) || !text.includes('://')) return undefined;
  const { username, password, hostname, port, pathname, search, hash, searchParams } = url;
  if (![username, password, hostname, pathname, search].every(isDecodable)) return undefined;
  // A "/", "?" or "#" in the password, not encoded: the rest of it would be read as the path or what follows.
  if (`${pathname}${search}`.includes('@') || hash !== '') return undefined;
  const user = searchParams.get('user') ?? username;
  return {
    user,
    host: searchParams.get('host') ?? (hostname === '' ? 'localhost' : hostname),
    port: searchParams.get('port') ?? (port === '' ? DEFAULT_PORT : port),
    database: pathname.length > 1 ? pathname.slice(1) : user,
  };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
