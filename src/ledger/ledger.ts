/**
 * The ledger: where a vendor's docs contradict themselves, are silent, or differ from the wire, and what
 * the mock does about it. Read from specs/ledger.yaml; code names rows by id.
 */
import { readFileSync } from 'node:fs';
import { MockError } from '../errors.ts';
import { compileSchema, toPointer } from '../schema/json-schema.ts';
import { parseLongYaml } from '../yaml/yaml-document.ts';

export type LedgerRow = {
  readonly id: string;
  readonly vendor: string;
  /** Operation ids; empty: all of the vendor. */
  readonly operations: readonly string[];
  readonly title: string;
  readonly sources: readonly { readonly source: string; readonly says: string }[];
  readonly mock: string;
  readonly evidence: 'documented' | 'executed' | 'observed' | 'assumed';
  readonly date: string;
  /** Where the row can be switched: its choices, the default first. */
  readonly choices?: readonly string[];
  /** Where the row takes a whole number. */
  readonly number?: { readonly default: number; readonly min: number; readonly max: number };
};

/** Row id to choice. */
export type Settings = Readonly<Record<string, string>>;

export type Ledger = {
  readonly rows: readonly LedgerRow[];
  /** The default choice of every row that has choices. */
  readonly defaults: Settings;
  /** Throws `MockError` `bad-option` where a setting names no switchable row or no choice of it. */
  check(settings: Settings, origin: string): void;
};

const text = { type: 'string', minLength: 1 };
const ledgerSchema = {
  type: 'object',
  required: ['rows'],
  additionalProperties: false,
  properties: {
    rows: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'vendor', 'operations', 'title', 'sources', 'mock', 'evidence', 'date'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', pattern: '^[A-Z]+(-[A-Z0-9]+)+$' },
          vendor: text,
          operations: { type: 'array', items: text },
          title: text,
          sources: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['source', 'says'],
              additionalProperties: false,
              properties: { source: text, says: text },
            },
          },
          mock: text,
          evidence: { enum: ['documented', 'executed', 'observed', 'assumed'] },
          date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
          choices: { type: 'array', minItems: 2, uniqueItems: true, items: text },
          number: {
            type: 'object',
            required: ['default', 'min', 'max'],
            additionalProperties: false,
            properties: {
              default: { type: 'integer' },
              min: { type: 'integer' },
              max: { type: 'integer' },
            },
          },
        },
      },
    },
  },
};

/** Reads the ledger. Throws `MockError` `broken-ledger` with the file and the field. */
export function loadLedger(file: string): Ledger {
  const { value, fault, lineOf } = parseLongYaml(readFileSync(file, 'utf8'));
  if (fault) throw new MockError('broken-ledger', `${file}:${fault.line} ${fault.message}`);
  const [wrong] = compileSchema(ledgerSchema)(value);
  if (wrong) {
    throw new MockError(
      'broken-ledger',
      `${file}:${lineOf(wrong.path)} ${wrong.path.join('.')}: ${wrong.message}`,
    );
  }
  return createLedger((value as { rows: LedgerRow[] }).rows);
}

export function createLedger(rows: readonly LedgerRow[]): Ledger {
  const byId = new Map<string, LedgerRow>();
  for (const row of rows) {
    if (byId.has(row.id)) throw new MockError('broken-ledger', `The row ${row.id} is there twice.`);
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
          const ids = switchable.map((known) => known.id).join(', ');
          throw new MockError(
            'bad-option',
            `${origin}: no ledger row "${id}" can be switched. These can: ${ids}.`,
            { pointer: toPointer(['settings', id]) },
          );
        }
        if (!isChoice(row, choice)) {
          throw new MockError(
            'bad-option',
            `${origin}: ${id} cannot be "${choice}". Choose ${choicesOf(row)}.`,
            { pointer: toPointer(['settings', id]) },
          );
        }
      }
    },
  };
}

function defaultOf(row: LedgerRow): string {
  return row.choices?.[0] ?? String(row.number?.default);
}

function isChoice(row: LedgerRow, choice: string): boolean {
  if (row.choices) return row.choices.includes(choice);
  const { min, max } = row.number ?? { min: 0, max: 0 };
  return /^\d{1,9}$/.test(choice) && Number(choice) >= min && Number(choice) <= max;
}

function choicesOf(row: LedgerRow): string {
  if (row.choices) return row.choices.join(' or ');
  return `a whole number from ${row.number?.min} to ${row.number?.max}`;
}
