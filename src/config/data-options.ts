/** The options of `serve` about where and how the state is kept. */
import { isDatabase, isDataFolder, parseDataLocation } from './data-location.ts';
import {
  readOptional,
  readRequired,
  wrong,
  type Environment,
  type Given,
  type Option,
  type Value,
} from './options.ts';
import { oneOf, parseSwitch } from './parse-value.ts';

export type DataConfig = {
  /** A folder, `memory`, or the URL of a PostgreSQL database, which may contain a password. */
  readonly data: string;
  /** The schema in that database. */
  readonly dataSchema: string;
  readonly durability: 'process' | 'disk';
  /** Whether the sandbox `default` starts over, whatever is stored of it. */
  readonly fresh: boolean;
};

const DEFAULT_SCHEMA = 'license_mock';

export const schemaOption: Option = {
  name: 'data-schema',
  value: 'NAME',
  default: undefined,
  fallback: DEFAULT_SCHEMA,
  help: 'schema of the PostgreSQL database that holds the state',
};

export const dataOptions: readonly Option[] = [
  {
    name: 'data',
    pathIn: isDataFolder,
    value: 'DIR|memory|URL',
    default: '.license-mock',
    help: 'folder for the state; "memory" loses it when the server stops; postgres://… shares it between servers; env:NAME takes it from that variable',
  },
  schemaOption,
  {
    name: 'fresh',
    value: 'on|off',
    default: 'off',
    isSwitch: true,
    help: 'discard the stored state of the sandbox "default" and start it from the scenario; other sandboxes stay; not with PostgreSQL',
  },
  {
    name: 'durability',
    value: 'process|disk',
    default: 'process',
    help: 'what changes in a data folder survive: a process crash, or also a power failure (disk)',
  },
];

/** Throws `MockError` `bad-option`. */
export function parseDataOptions(given: Given, environment: Environment): DataConfig {
  return {
    ...parseData(given, environment),
    durability: readRequired(given, 'durability', oneOf('process', 'disk')),
    fresh: readRequired(given, 'fresh', parseSwitch),
  };
}

/** Needs only the options `data` and `data-schema`. */
export function parseData(
  given: Given,
  environment: Environment,
): Pick<DataConfig, 'data' | 'dataSchema'> {
  const data = readRequired(given, 'data', (value) => parseDataLocation(value, environment));
  const dataSchema = readOptional(given, 'data-schema', (value) => {
    if (isDatabase(data)) return parseSchema(value);
    throw wrong(
      value,
      'Only a PostgreSQL database has schemas. Leave it out, or use --data postgres://…',
    );
  });
  return { data, dataSchema: dataSchema ?? DEFAULT_SCHEMA };
}

function parseSchema(value: Value): string {
  if (/^(?!pg_)[a-z_][a-z\d_]{0,62}$/.test(value.text)) return value.text;
  throw wrong(
    value,
    'Write 1 to 63 of a-z, 0-9 and _, not starting with a digit or pg_, such as license_mock',
  );
}

/** Refuses what servers that share a database cannot have. Throws `MockError` `bad-option`. */
export function checkShared(
  given: Given,
  config: Pick<DataConfig, 'data' | 'durability' | 'fresh'> & {
    readonly watch: 'off' | 'on' | 'reset';
    readonly generateToken: boolean;
    readonly controlToken: string | undefined;
  },
): void {
  if (!isDatabase(config.data)) return;
  const refuse = (name: string, advice: string): void => {
    const value = given[name]?.at(-1);
    if (value) throw wrong(value, `With --data postgres://…, ${advice}`);
  };
  if (config.fresh) {
    refuse(
      'fresh',
      'each server that starts would discard the sandbox "default" of the others. Leave it out, and use: license-mock sandbox reset default',
    );
  }
  if (config.durability === 'disk') {
    refuse(
      'durability',
      'the database decides, by its setting synchronous_commit. Leave the option out',
    );
  }
  if (config.watch !== 'off') {
    refuse(
      'watch',
      'an edited file would change this server and not the others. Leave it out, and restart the servers after an edit',
    );
  }
  if (config.generateToken && config.controlToken === undefined) {
    refuse(
      'generate-token',
      'each server would make a control token of its own, and a client reaches any of them. Give all servers the same --control-token (LICENSE_MOCK_CONTROL_TOKEN)',
    );
  }
}
