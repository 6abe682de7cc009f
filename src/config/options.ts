/** The source of an option's value: flag, then environment variable, then config file, then default. */
import { MockError } from '../errors.ts';
import { isInjected } from './injected-variables.ts';

/** An option, for the help and for `readOptions`. */
export type Option = {
  readonly name: string;
  /** `p` for `-p`. */
  readonly short?: string;
  /** The placeholder for the value in the help: `N`, `DIR`, `a|b`. */
  readonly value: string;
  readonly default: string | undefined;
  /** The default shown in the help if it depends on something else. */
  readonly fallback?: string;
  readonly help: string;
  /** True: the option can be repeated. */
  readonly repeats?: true;
  /** True: `--keep` alone turns it on; `--keep=off` turns it off. */
  readonly isSwitch?: true;
  /** True: only the command has it, not `startLicenseMock`. */
  readonly isForCommand?: true;
  /** The environment variable to read if the flag is missing. Undefined: none. */
  readonly variable?: string;
  /** A variable of other programs that is read if that one is missing. */
  readonly sharedVariable?: string;
  /** Whether a value in a config file is a path. Undefined: never. */
  readonly pathIn?: (text: string) => boolean;
};

/** A value as the user wrote it, and its source: `--host` or `LICENSE_MOCK_HOST`. */
export type Value = { readonly source: string; readonly text: string };

/** The values of each option by name. Empty: not given, and no default. */
export type Given = Readonly<Record<string, readonly Value[]>>;

export type Flags = Readonly<Record<string, string | readonly string[] | undefined>>;
export type Environment = Readonly<Record<string, string | undefined>>;

/** `LICENSE_MOCK_BODY_LIMIT` for `body-limit`. */
export function variableOf(name: string): string {
  return `LICENSE_MOCK_${name.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * The variable of a repeatable option is split at commas. `nameFlag`: how messages name a flag. `file`:
 * the values of a config file.
 * Throws `MockError` `bad-option` for an empty value: it never means the default.
 */
export function readOptions(
  options: readonly Option[],
  flags: Flags,
  environment: Environment,
  nameFlag: (name: string) => string = (name) => `--${name}`,
  file: Given = {},
): Given {
  return Object.fromEntries(
    options.map((option) => {
      const source = nameFlag(option.name);
      const flag = flags[option.name];
      const values =
        flag === undefined
          ? (readEnvironment(option, environment) ?? file[option.name])
          : [flag].flat().map((text) => ({ source, text }));
      for (const value of values ?? []) refuseEmpty(option, value);
      return [
        option.name,
        values ?? [option.default ?? []].flat().map((text) => ({ source, text })),
      ];
    }),
  );
}

function readEnvironment(
  { variable, sharedVariable, repeats }: Option,
  environment: Environment,
): readonly Value[] | undefined {
  const source = [variable, sharedVariable].find((name) => isSet(name, environment));
  const text = environment[source ?? ''];
  if (source === undefined || text === undefined) return undefined;
  if (!repeats) return [{ source, text }];
  return text.split(',').map((part) => ({ source, text: part.trim() }));
}

function isSet(name: string | undefined, environment: Environment): boolean {
  const text = environment[name ?? ''];
  return name !== undefined && text !== undefined && !isInjected(name, text);
}

function refuseEmpty(option: Option, { source, text }: Value): void {
  // A switch reports its allowed values itself.
  if (option.isSwitch || text.trim() !== '') return;
  const fromList = option.repeats && source === option.variable;
  const advice = fromList
    ? `Write ${option.value}, several separated by single commas, or unset the variable`
    : `Write ${option.value}, or leave it out`;
  throw wrong({ source, text }, advice);
}

/** The last value counts. Undefined: not given, and no default. */
export function readOptional<T>(
  given: Given,
  name: string,
  parse: (value: Value) => T,
): T | undefined {
  const value = given[name]?.at(-1);
  return value && parse(value);
}

/** For an option with a default. */
export function readRequired<T>(given: Given, name: string, parse: (value: Value) => T): T {
  const value = given[name]?.at(-1);
  if (!value) throw new Error(`Option "${name}" has no value and no default.`);
  return parse(value);
}

export function wrong({ source, text }: Value, advice: string): MockError {
  return new MockError('bad-option', `${source} cannot be "${text}". ${advice}.`);
}
