/** Checks one file. Its content decides its kind, not its name. */
import path from 'node:path';
import { loadProbes } from '../calibration/probe.ts';
import { readContract } from '../contracts/read-contract.ts';
import { messageOf } from '../errors.ts';
import { loadCalibration } from '../ledger/calibration.ts';
import { loadLedger } from '../ledger/ledger.ts';
import { isJsonObject } from '../messages/json.ts';
import { loadSpec } from '../openapi/load-spec.ts';
import { checkScenario, openLedger } from '../parts.ts';
import { vendors } from '../vendors/index.ts';
import { readText } from '../yaml/read-text.ts';
import { parseLongYaml } from '../yaml/yaml-document.ts';

export type Checked = {
  readonly file: string;
  /** The recognized kind: `OpenAPI 3.1.0`. */
  readonly kind: string;
  readonly verdict: 'ok' | 'FAIL' | 'skip';
  /** One line for each fault; empty unless the verdict is FAIL. */
  readonly faults: readonly string[];
};

type Kind = {
  readonly name: string;
  /** Returns or throws the faults. Undefined if license-mock does not read such files. */
  readonly check?: (file: string, text: string) => Promise<readonly string[]>;
};

/** Fields that identify a scenario. `description` is not one, because any file can have it. */
const SCENARIO_FIELDS = [
  'clock',
  'seed',
  'references',
  'profile',
  'settings',
  'providerStates',
  'parameters',
  ...vendors.map((vendor) => vendor.name),
];

/** `isBesideSpecs`: found in a folder of OpenAPI files, whose parts and tool settings are left alone. */
export async function checkFile(file: string, isBesideSpecs = false): Promise<Checked> {
  let name = 'not readable';
  try {
    const text = readText(file);
    const kind = recognise(file, text, isBesideSpecs);
    name = kind.name;
    if (!kind.check) return { file, kind: name, verdict: 'skip', faults: [] };
    const faults = await kind.check(file, text);
    return { file, kind: name, verdict: faults.length > 0 ? 'FAIL' : 'ok', faults };
  } catch (thrown) {
    return { file, kind: name, verdict: 'FAIL', faults: messageOf(thrown).split('\n') };
  }
}

function recognise(file: string, text: string, isBesideSpecs: boolean): Kind {
  const isJson = path.extname(file).toLowerCase() === '.json';
  const { value, fault } = parseLongYaml(text);
  if (fault) {
    const where = `${file}:${fault.line} ${fault.message}`;
    const name = isJson ? 'not JSON' : 'not YAML';
    return isBesideSpecs ? { name } : { name, check: async () => [where] };
  }
  const document = isJsonObject(value) ? value : {};
  const has = (...names: readonly string[]) => names.every((name) => name in document);
  const isSpec = (name: string) => !isBesideSpecs && has(name);
  if (isSpec('openapi'))
    return { name: `OpenAPI ${String(document['openapi'])}`, check: checkSpec };
  if (isSpec('swagger'))
    return { name: `Swagger ${String(document['swagger'])}`, check: checkSpec };
  if (has('consumer', 'provider')) return { name: 'Pact file', check: checkContract };
  if (has('vendor', 'probes')) return { name: 'probes', check: checkProbes };
  if (has('vendor', 'rows', 'settings')) return { name: 'calibration', check: checkCalibration };
  if (has('rows')) return { name: 'ledger', check: checkLedger };
  // A folder may contain any kind of JSON file. An unrecognized YAML file counts as a scenario.
  const isScenario = !isJson && !isBesideSpecs;
  if (isScenario || SCENARIO_FIELDS.some((name) => has(name))) {
    return { name: 'scenario', check: checkScenarioFile };
  }
  return { name: has('$schema') ? 'JSON Schema' : 'unknown' };
}

async function checkSpec(file: string): Promise<readonly string[]> {
  await loadSpec(path.parse(file).name, file);
  return [];
}

export function isSpecKind(kind: string): boolean {
  return /^(?:OpenAPI|Swagger) /.test(kind);
}

async function checkContract(file: string): Promise<readonly string[]> {
  const { faults } = readContract(
    file,
    vendors.map((vendor) => vendor.name),
  );
  return faults.map(({ message }) => `${file}: ${message}`);
}

async function checkLedger(file: string): Promise<readonly string[]> {
  loadLedger(file);
  return [];
}

async function checkProbes(file: string): Promise<readonly string[]> {
  loadProbes(file, openLedger());
  return [];
}

async function checkCalibration(file: string): Promise<readonly string[]> {
  loadCalibration(file, openLedger());
  return [];
}

async function checkScenarioFile(file: string, text: string): Promise<readonly string[]> {
  await checkScenario(text, file);
  return [];
}
