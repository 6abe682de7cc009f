/** Reads and checks scenario files; every fault names file, line and field. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { MockError, messageOf } from '../errors.ts';
import { compileSchema, toPointer } from '../schema/json-schema.ts';
import { readText } from '../yaml/read-text.ts';
import { parseLongYaml, parseYaml } from '../yaml/yaml-document.ts';
import { isJsonObject, type JsonObject } from '../messages/json.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { composeDocuments } from './compose-documents.ts';
import { fillParameters, parametersOf, sentencesOf, type Params } from './fill-parameters.ts';
import { declaredParameters, resolveParams } from './parameters.ts';
import { scenarioSchema, type Scenario } from './scenario.ts';

const MAX_KNOWN = 50;

export type ScenarioLoader = {
  /** By name (`demo`: looked up in the folders, the first wins) or by file (`./mine.yaml`). */
  load(nameOrFile: string, params?: Params): Scenario;
  /** From text; `origin` stands for the file in messages. */
  parse(text: string, origin: string, params?: Params): Scenario;
  /** From a value, such as an exported state. */
  read(value: unknown, origin: string): Scenario;
  /** Combines several. Throws `broken-scenario` if they contradict each other. */
  compose(parts: readonly ScenarioUse[]): Scenario;
  /** Names found in the folders, sorted. */
  names(): readonly string[];
  /** The text of a file. Throws `MockError` `unknown-scenario`. */
  text(nameOrFile: string): string;
  /** Describes a file without filling in its parameters. Throws `MockError` `unknown-scenario`. */
  describe(nameOrFile: string): ScenarioDescription;
};

/** A scenario, by name or file, with values for its parameters. */
export type ScenarioUse = { readonly scenario: string; readonly params: Params };

export type ScenarioDescription = {
  /** As requested. */
  readonly name: string;
  readonly description: string;
  readonly providerStates: readonly string[];
  /** The parameters in its sentences, in order, then the other declared ones. */
  readonly parameters: readonly string[];
  /** The content of the file. Empty if it is not YAML. */
  readonly document: JsonObject;
  /** Why no sandbox can start with it. Undefined: no fault was found. */
  readonly fault: string | undefined;
};

export function createScenarioLoader(parts: {
  readonly folders: readonly string[];
  readonly vendors: readonly Vendor[];
  /** Throws if a setting names an unknown row or choice. */
  readonly checkSettings: (settings: Scenario['settings'], origin: string) => void;
  /**
   * The text by file, of files that can be used. A file in it counts as it was, whatever was edited since, until it is
   * removed from the map. Undefined: a file counts as it is.
   */
  readonly held?: Map<string, string> | undefined;
}): ScenarioLoader {
  const { held } = parts;
  const textOf = (file: string): string => held?.get(file) ?? readScenario(file);
  const check = compileSchema(scenarioSchema(parts.vendors));
  const filesByName = (): Map<string, string> => {
    const found = new Map<string, string>();
    for (const folder of parts.folders.toReversed()) {
      if (!existsSync(folder)) continue;
      for (const file of readdirSync(folder)) {
        const { name, ext } = path.parse(file);
        if (ext === '.yaml' || ext === '.yml') found.set(name, path.join(folder, file));
      }
    }
    return found;
  };

  const parse: ScenarioLoader['parse'] = (text, origin, params = {}) => {
    const document = parseLongYaml(text);
    if (document.fault) {
      const { line, message } = document.fault;
      throw new MockError('broken-scenario', `${origin}:${line} ${message}`);
    }
    const value = fillParameters(document.value ?? {}, params, origin);
    const whole = Object.keys(params).length === 0 ? text : undefined;
    const scenario = checked(value, origin, (at) => `${origin}:${document.lineOf(at)}`, whole);
    return { ...scenario, params: resolveParams(document.value, params, origin) };
  };

  /** `place`: the position in a file, or a path into a value. `text`: the file, if the value is all of it. */
  const checked = (
    value: unknown,
    origin: string,
    place?: (at: readonly string[]) => string,
    text?: string,
  ): Scenario => {
    const faults = check(value, text);
    if (faults[0]) {
      const lines = faults.map(
        ({ path: at, message }) => `${place?.(at) ?? origin} ${describePath(at)}: ${message}`,
      );
      throw new MockError(
        'broken-scenario',
        lines.join('\n'),
        place ? {} : { pointer: toPointer(faults[0].path) },
      );
    }
    const scenario = toScenario(value as JsonObject, origin, parts.vendors);
    parts.checkSettings(scenario.settings, `${origin} settings`);
    return scenario;
  };

  /** Cache of scenarios, valid while their files do not change, so a new sandbox needs no parsing. */
  const known = new Map<string, Scenario>();
  const loadFile = (file: string, params: Params): Scenario => {
    const { mtimeMs = 0, size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
    const key = JSON.stringify([file, mtimeMs, size, params]);
    let found = known.get(key);
    if (found === undefined) {
      const text = textOf(file);
      found = parse(text, file, params);
      held?.set(file, text);
    }
    known.delete(key);
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    return found;
  };

  const fileOf = (nameOrFile: string): string => {
    const isFile = /[/\\]|\.ya?ml$/.test(nameOrFile);
    const file = isFile ? nameOrFile : filesByName().get(nameOrFile);
    if (file !== undefined) return file;
    throw new MockError(
      'unknown-scenario',
      `Unknown scenario "${nameOrFile.slice(0, 80)}". Known: ${[...filesByName().keys()].toSorted().join(', ')}. You can also name a file, such as ./mine.yaml.`,
    );
  };

  const load: ScenarioLoader['load'] = (nameOrFile, params = {}) =>
    loadFile(fileOf(nameOrFile), params);

  const compose: ScenarioLoader['compose'] = (uses) => {
    const loaded = uses.map((use) => load(use.scenario, use.params));
    const [only] = loaded;
    if (only && loaded.length === 1) return only;
    const documents = uses.map(({ scenario, params }) => {
      const { value } = parseYaml(textOf(fileOf(scenario)));
      return { origin: scenario, value: fillParameters(value, params, scenario) };
    });
    const origin = uses.map(({ scenario }) => scenario).join(' and ');
    const { params: _, ...composed } = checked(composeDocuments(documents), origin);
    return { ...composed, params: Object.assign({}, ...loaded.map(({ params }) => params)) };
  };

  return {
    parse,
    load,
    compose,
    names: () => [...filesByName().keys()].toSorted(),
    text: (nameOrFile) => textOf(fileOf(nameOrFile)),
    read: (value, origin) => checked(fillParameters(value, {}, origin), origin),
    describe(nameOrFile) {
      const { value, fault } = parseYaml(textOf(fileOf(nameOrFile)));
      const document = isJsonObject(value) ? value : {};
      const parameters = parametersOf(document);
      const declared = declaredParameters(document);
      return {
        name: nameOrFile,
        description: String(document['description'] ?? ''),
        providerStates: sentencesOf(document),
        parameters,
        document,
        fault: fault
          ? `line ${fault.line}: ${fault.message}`
          : // What its parameters leave open shows only when they have values.
            parameters.every((name) => declared[name]?.default !== undefined)
            ? faultOf(() => load(nameOrFile))
            : undefined,
      };
    },
  };
}
function faultOf(load: () => unknown): string | undefined {
  try {
    load();
    return undefined;
  } catch (thrown) {
    return messageOf(thrown);
  }
}

function readScenario(file: string): string {
  try {
    return readText(file);
  } catch (cause) {
    throw new MockError(
      'unknown-scenario',
      `The scenario ${file} cannot be read: ${messageOf(cause)}`,
      { cause },
    );
  }
}

function toScenario(value: JsonObject, origin: string, vendors: readonly Vendor[]): Scenario {
  const settings = Object.entries((value['settings'] ?? {}) as Record<string, string | number>);
  const isSection = ([key]: [string, unknown]) => vendors.some((vendor) => vendor.name === key);
  return {
    name: String(value['name'] ?? nameOf(origin)),
    description: String(value['description'] ?? ''),
    clock: String(value['clock'] ?? 'now'),
    seed: Number(value['seed'] ?? 1),
    references: value['references'] === 'closed' ? 'closed' : 'open',
    profile: value['profile'] as Scenario['profile'],
    settings: Object.fromEntries(settings.map(([id, choice]) => [id, String(choice)])),
    providerStates: (value['providerStates'] ?? []) as string[],
    params: {},
    sections: Object.fromEntries(Object.entries(value).filter(isSection)) as Record<
      string,
      JsonObject
    >,
    origin,
  };
}

/** The file name without its extension; for several scenarios `one-and-other`. */
function nameOf(origin: string): string {
  const name = path
    .parse(origin)
    .name.toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return name.replace(/^-+/, '').slice(0, 64) || 'unnamed';
}

/** `ibl.licenses[2].started`, or the file itself for the root. */
export function describePath(at: readonly string[]): string {
  if (at.length === 0) return '(the file)';
  return at.map((key, i) => (/^\d+$/.test(key) ? `[${key}]` : `${i ? '.' : ''}${key}`)).join('');
}
