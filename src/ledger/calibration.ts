/** A calibration: how one live vendor answered the probes of the ledger's rows. Read from `calibration.yaml`. */
import { messageOf, MockError } from '../errors.ts';
import { compileSchema } from '../schema/json-schema.ts';
import { readText } from '../yaml/read-text.ts';
import { parseYaml } from '../yaml/yaml-document.ts';
import { calibrationSchema, type VERDICTS } from './calibration-schema.ts';
import type { Ledger, Settings } from './ledger.ts';

/** What the mock shows, and what the live vendor shows instead. */
export type Deviation = {
  readonly kind: string;
  readonly at: string;
  readonly mock: string;
  readonly live: string;
};

export type CalibratedRow = {
  readonly verdict: (typeof VERDICTS)[number];
  /** The choice that fits; for `none fits` the nearest. */
  readonly choice?: string;
  /** Choices that answer alike. */
  readonly alike?: readonly string[];
  /** Why it was not probed. */
  readonly why?: string;
  readonly differs?: readonly Deviation[];
  /** Each request that was asked, and the form of its answer. */
  readonly asked?: readonly string[];
};

/** What the vendor says where the mock says something else. `{run}` and other names in braces stand for any text. */
export type Sentence = { readonly row: string; readonly mock: string; readonly live: string };

export type Calibration = {
  readonly vendor: string;
  /** Year, month and day. */
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  /** The choice of every row whose choice was told apart. */
  readonly settings: Settings;
  readonly rows: Readonly<Record<string, CalibratedRow>>;
  readonly sentences: readonly Sentence[];
  /** What the run created and could not remove. */
  readonly left: readonly string[];
};

/** Throws `MockError` `broken-calibration` with the file and the line, or `bad-option` for an unknown choice or a file that cannot be read. */
export function loadCalibration(file: string, ledger: Ledger): Calibration {
  const { value, fault, lineOf } = parseYaml(readFile(file));
  if (fault) throw new MockError('broken-calibration', `${file}:${fault.line} ${fault.message}`);
  const [wrong] = compileSchema(calibrationSchema)(value);
  if (wrong) {
    throw new MockError(
      'broken-calibration',
      `${file}:${lineOf(wrong.path)} ${wrong.path.join('.')}: ${wrong.message}`,
    );
  }
  const calibration = value as Calibration;
  const known = new Set(
    ledger.rows.filter(({ vendor }) => vendor === calibration.vendor).map(({ id }) => id),
  );
  const stranger = Object.keys(calibration.rows).find((id) => !known.has(id));
  if (stranger !== undefined) {
    throw new MockError(
      'broken-calibration',
      `${file}:${lineOf(['rows', stranger])} ${stranger} is not a ledger row of ${calibration.vendor}. Calibrate again.`,
    );
  }
  ledger.check(calibration.settings, file);
  return calibration;
}

function readFile(file: string): string {
  try {
    return readText(file);
  } catch (cause) {
    throw new MockError(
      'bad-option',
      `The calibration ${file} cannot be read: ${messageOf(cause)}.`,
      {
        cause,
      },
    );
  }
}

/** What several calibrations say together, a vendor each. */
export type Observed = {
  readonly ledger: Ledger;
  /** The choices of the vendors. */
  readonly settings: Settings;
};

/**
 * The rows that a live vendor confirmed have its evidence and date. `chosen`: what the user sets; a row that is set to
 * something else than was observed is as before.
 */
export function applyCalibrations(
  ledger: Ledger,
  calibrations: readonly Calibration[],
  chosen: Settings,
): Observed {
  const dates = new Map(
    calibrations.flatMap(({ rows, settings, date }) =>
      Object.entries(rows)
        .filter(([id, row]) => isObserved(row) && (chosen[id] ?? settings[id]) === settings[id])
        .map(([id]) => [id, date] as const),
    ),
  );
  const rows = ledger.rows.map((row) => {
    const date = dates.get(row.id);
    return date === undefined ? row : { ...row, evidence: 'observed' as const, date };
  });
  return {
    ledger: { ...ledger, rows },
    settings: Object.assign({}, ...calibrations.map(({ settings }) => settings)) as Settings,
  };
}

/** Rows that the live vendor was seen to treat as the mock does. */
export function isObserved({ verdict }: CalibratedRow): boolean {
  return verdict === 'confirmed' || verdict === 'another choice fits';
}
