/**
 * The ledger: points where a vendor's docs are contradictory, silent or wrong, and what the mock does there. Read from
 * specs/ledger.yaml. Code refers to rows by id.
 */
import { readFileSync, statSync } from 'node:fs';
import { MockError } from '../errors.ts';
import { findSimilar } from '../matching/nearest.ts';
import { compileSchema, toPointer } from '../schema/json-schema.ts';
import { parseLongYaml } from '../yaml/yaml-document.ts';
import { ledgerSchema } from './ledger-schema.ts';

/** One possible behavior. `why`: the reason for it, as a sentence. Undefined: no source supports it. */
type Choice = { readonly id: string; readonly why: string | undefined };

export type LedgerRow = {
  readonly id: string;
  readonly vendor: string;
  /** Operation ids. Empty: all operations of the vendor. */
  readonly operations: readonly string[];
  readonly title: string;
  readonly sources: readonly { readonly source: string; readonly says: string }[];
  readonly mock: string;
  readonly evidence: 'documented' | 'executed' | 'observed' | 'assumed';
  readonly date: string;
  /** Why it cannot be switched, as sentences. Only an assumed row without choices has it. */
  readonly fixed?: string;
  /** The choices, the default first. Undefined: there are none. */
  readonly choices?: readonly Choice[];
  /** The range, if the setting is a whole number. */
  readonly number?: { readonly default: number; readonly min: number; readonly max: number };
};

/** A row in the file. A choice without a reason is just its name. */
export type WrittenRow = Omit<LedgerRow, 'choices'> & {
  readonly choices?: readonly (string | Choice)[];
};

/** Row id to choice. */
export type Settings = Readonly<Record<string, string>>;

export type Ledger = {
  readonly rows: readonly LedgerRow[];
  /** The default choice of every row that has choices. */
  readonly defaults: Settings;
  /** Throws `MockError` `bad-option` if a setting names an unknown row or choice. */
  check(settings: Settings, origin: string): void;
};

/** Keyed by file, so that a second server in the same process, as in tests, need not read it again. */
const loaded = new Map<string, { readonly version: string; readonly ledger: Ledger }>();
const MAX_LOADED = 10;

/** Reads the ledger. Throws `MockError` `broken-ledger` with the file and the field. */
export function loadLedger(file: string): Ledger {
  const { mtimeMs, size } = statSync(file);
  const version = `${mtimeMs} ${size}`;
  const known = loaded.get(file);
  if (known?.version === version) return known.ledger;
  const ledger = readLedger(file);
  if (loaded.size >= MAX_LOADED) loaded.clear();
  loaded.set(file, { version, ledger });
  return ledger;
}

function readLedger(file: string): Ledger {
  const text = readFileSync(file, 'utf8');
  const { value, fault, lineOf } = parseLongYaml(text);
  if (fault) throw new MockError('broken-ledger', `${file}:${fault.line} ${fault.message}`);
  const [wrong] = compileSchema(ledgerSchema)(value, text);
  if (wrong) {
    throw new MockError(
      'broken-ledger',
      `${file}:${lineOf(wrong.path)} ${wrong.path.join('.')}: ${wrong.message}`,
    );
  }
  return createLedger((value as { rows: WrittenRow[] }).rows);
}

/** Throws `MockError` `broken-ledger` if a row, or a choice of a row, exists twice. */
export function createLedger(written: readonly WrittenRow[]): Ledger {
  const rows = written.map((row) => readRow(row));
  const byId = new Map<string, LedgerRow>();
  for (const row of rows) {
    if (byId.has(row.id)) throw new MockError('broken-ledger', `The row ${row.id} exists twice.`);
    byId.set(row.id, row);
  }
  const switchable = rows.filter((row) => row.choices ?? row.number);
  return {
    rows,
    defaults: Object.fromEntries(switchable.map((row) => [row.id, defaultOf(row)])),
    check(settings, origin) {
      for (const [id, choice] of Object.entries(settings)) {
        const row = byId.get(id);
        if (!row || !(row.choices ?? row.number)) {
          const ids = switchable.map((known) => known.id);
          const similar = row ? undefined : findSimilar(id, ids);
          const advice =
            similar === undefined ? `These are: ${ids.join(', ')}.` : `Did you mean ${similar}?`;
          throw new MockError(
            'bad-option',
            `${origin}: "${id}" is not a ledger row with choices. ${advice}`,
            { pointer: toPointer(['settings', id]) },
          );
        }
        if (!isChoice(row, choice)) {
          throw new MockError(
            'bad-option',
            `${origin}: ${id} cannot be "${choice}". ${adviceOn(row)}`,
            { pointer: toPointer(['settings', id]) },
          );
        }
      }
    },
  };
}

function readRow({ choices: written, ...row }: WrittenRow): LedgerRow {
  const canBeSwitched = written !== undefined || row.number !== undefined;
  if (row.fixed !== undefined && (canBeSwitched || row.evidence !== 'assumed')) {
    throw new MockError(
      'broken-ledger',
      `The row ${row.id} has "fixed", but it is ${canBeSwitched ? 'a row with choices' : 'not assumed'}. Remove "fixed".`,
    );
  }
  if (!written) return row;
  const choices = written.map((choice) =>
    typeof choice === 'string' ? { id: choice, why: undefined } : choice,
  );
  const twice = choices.find(({ id }, i) => choices.findIndex((each) => each.id === id) < i);
  if (twice) {
    throw new MockError('broken-ledger', `The row ${row.id} has the choice ${twice.id} twice.`);
  }
  return { ...row, choices };
}

function defaultOf(row: LedgerRow): string {
  return row.choices?.[0]?.id ?? String(row.number?.default);
}

function isChoice(row: LedgerRow, choice: string): boolean {
  if (row.choices) return row.choices.some(({ id }) => id === choice);
  const { min, max } = row.number ?? { min: 0, max: 0 };
  return /^\d{1,9}$/.test(choice) && Number(choice) >= min && Number(choice) <= max;
}

/** The choices, then their known reasons. */
function adviceOn({ choices, number }: LedgerRow): string {
  if (!choices) return `Choose a whole number from ${number?.min} to ${number?.max}.`;
  const names = choices.map(({ id }) => id).join(' or ');
  const reasons = choices.flatMap(({ id, why }) => (why === undefined ? [] : [`${id}: ${why}`]));
  return [`Choose ${names}.`, ...reasons].join(' ');
}
