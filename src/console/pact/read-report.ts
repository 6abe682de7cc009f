/** Reads what `license-mock verify --format json --output` wrote. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';

export const COLUMNS = ['spec', 'mock', 'live'] as const;
type Column = (typeof COLUMNS)[number];

export type Finding = {
  readonly severity: string;
  readonly message: string;
  readonly at?: string;
  readonly expected?: string;
  readonly actual?: string;
};

export type Cell = { readonly verdict: string; readonly findings: readonly Finding[] };

export type Difference = {
  readonly at: string;
  readonly mock: string;
  readonly live: string;
  readonly ledger?: string;
};

export type ReportRow = Readonly<Record<Column, Cell | undefined>> & {
  readonly title: string;
  readonly file: string;
  readonly states: readonly string[];
  readonly differences: readonly Difference[];
  readonly isFailed: boolean;
};

export type Report = {
  readonly held: boolean;
  readonly rows: readonly ReportRow[];
  readonly faults: readonly { readonly file: string; readonly message: string }[];
};

/** Throws an error for people if the text is something else. */
export function readReport(text: string): Report {
  const value = parse(text);
  if (!isJsonObject(value) || !Array.isArray(value['rows']) || typeof value['held'] !== 'boolean') {
    throw new Error(
      'This is not a verification report. Write one with license-mock verify --format json --output report.json.',
    );
  }
  return {
    held: value['held'],
    rows: objectsIn(value['rows']).map(readRow),
    faults: objectsIn(value['faults']).map(({ file, message }) => ({
      file: textOf(file),
      message: textOf(message),
    })),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readRow(row: JsonObject): ReportRow {
  const cells = {
    spec: readCell(row['spec']),
    mock: readCell(row['mock']),
    live: readCell(row['live']),
  };
  return {
    ...cells,
    title: `${textOf(row['consumer'])} → ${textOf(row['vendor'])}: ${textOf(row['description'])}`,
    file: textOf(row['file']),
    states: objectsIn(row['states']).map(({ name }) => textOf(name)),
    differences: objectsIn(row['differences']).map((each) => ({
      at: textOf(each['at']),
      mock: textOf(each['mock']),
      live: textOf(each['live']),
      ...(typeof each['ledger'] === 'string' && { ledger: each['ledger'] }),
    })),
    isFailed: Object.values(cells).some((cell) => cell?.verdict === 'failed'),
  };
}

function readCell(value: Json | undefined): Cell | undefined {
  if (!isJsonObject(value)) return undefined;
  const findings = objectsIn(value['findings']).map((each): Finding => ({
    severity: textOf(each['severity']),
    message: textOf(each['message']),
    ...optional(each, 'at'),
    ...optional(each, 'expected'),
    ...optional(each, 'actual'),
  }));
  return { verdict: textOf(value['verdict']), findings };
}

function optional<Name extends string>(object: JsonObject, name: Name): { [N in Name]?: string } {
  const value = object[name];
  return (typeof value === 'string' ? { [name]: value } : {}) as { [N in Name]?: string };
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
