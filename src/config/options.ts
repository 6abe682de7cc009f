/** Where an option's value comes from: a flag beats the environment, which beats the default. */
import { MockError } from '../errors.ts';
import { isInjected } from './injected-variables.ts';

/** An option as help shows it and `readOptions` reads it. */
export type Option = {
  readonly name: string;
  /** What stands for the value in help: `N`, `DIR`, `a|b`. */
  readonly value: string;
  readonly default: string | undefined;
  readonly help: string;
  /** True: may be given several times. */
  readonly repeats?: true;
  /** True: `--keep` alone turns it on; `--keep=off` turns it off. */
  readonly isSwitch?: true;
  /** A variable that is read when `LICENSE_MOCK_<NAME>` is not set. */
  readonly otherVariable?: string;
};

/** A value as the user wrote it, and what the user wrote it for: `--host` or `LICENSE_MOCK_HOST`. */
export type Value = { readonly source: string; readonly text: string };

/** The values of each option by its name. Empty: not given, and there is no default. */
export type Given = Readonly<Record<string, readonly Value[]>>;

export type Flags = Readonly<Record<string, string | readonly string[] | undefined>>;
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment is `LICENSE_MOCK_<NAME>`; the variable of a repeated option is split at commas.
 * `nameFlag`: what messages call a flag. Throws `MockError` `bad-option` for an empty value: it never means the default.
 */
export function readOptions(
  options: readonly Option[],
  flags: Flags,
  environment: Environment,
  nameFlag: (name: string) => string = (name) => `--${name}`,
): Given {
  return Object.fromEntries(
    options.map((option) => {
      const source = nameFlag(option.name);
      const flag = flags[option.name];
      const values =
        flag === undefined
          ? readEnvironment(option, environment)
          : [flag].flat().map((text) => ({ source, text }));
      for (const value of values ?? []) refuseEmpty(option, value);
      return [
        option.name,
        values ?? [option.default ?? []].flat().map((text) => ({ source, text })),
      ];
    }),
  );
}

function readEnvironment(option: Option, environment: Environment): readonly Value[] | undefined {
  const own = `LICENSE_MOCK_${option.name.toUpperCase().replaceAll('-', '_')}`;
  for (const source of [own, option.otherVariable ?? own]) {
    const text = environment[source];
    if (text === undefined || isInjected(source, text)) continue;
    if (!option.repeats) return [{ source, text }];
    return text.split(',').map((part) => ({ source, text: part.trim() }));
  }
  return undefined;
}

function refuseEmpty({ value: form, isSwitch, repeats }: Option, { source, text }: Value): void {
  // A switch says itself what it can be.
  if (isSwitch || text.trim() !== '') return;
  const fromList = repeats && source.startsWith('LICENSE_MOCK_');
  const advice = fromList
    ? `Write ${form}, several separated by single commas, or unset it`
    : `Write ${form}, or leave it out`;
  throw wrong({ source, text }, advice);
}

/** Undefined: not given, and there is no default. The last one counts. */
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
  if (!value) throw new Error(`The option "${name}" has neither a value nor a default.`);
  return parse(value);
}

export function wrong({ source, text }: Value, advice: string): MockError {
  return new MockError('bad-option', `${source} cannot be "${text}". ${advice}.`);
}
