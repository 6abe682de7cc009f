/**
 * Finds the choices of a live vendor. Rows shape the same answers, such as an envelope and what it contains, so each is
 * judged with the choices found so far, again and again until nothing changes. A row that was not probed, because its
 * probe would write, can show in the answers to other probes.
 */
import type { Ledger, LedgerRow, Settings } from '../ledger/ledger.ts';
import { judgeRow, type Candidate, type Judged } from './judge-row.ts';
import type { Played } from './play-probe.ts';
import type { Probe } from './probe.ts';

/** A probe that the live vendor has answered. */
export type Answered = { readonly probe: Probe; readonly live: Played };

export type Settled = {
  /** The choices that differ from the ledger's defaults, or are known to be the default. */
  readonly settings: Settings;
  readonly rows: ReadonlyMap<string, Judged>;
  /** Rows that were not probed, whose choice the probe of another row shows. */
  readonly shown: ReadonlyMap<string, Shown>;
};

type Shown = { readonly choice: string; readonly by: Answered };

type Play = (probe: Probe, settings: Settings) => Promise<Played>;

/** More would mean that two rows turn each other round. */
const MAX_PASSES = 8;

/**
 * `play` plays a probe in a sandbox of the mock with these settings. `unprobed`: rows whose probes were left out.
 * `known`: choices found earlier, which count for rows that are not probed now.
 */
export async function settleRows(
  answered: readonly Answered[],
  ledger: Ledger,
  play: Play,
  {
    unprobed = [],
    known = {},
  }: { readonly unprobed?: readonly string[]; readonly known?: Settings } = {},
): Promise<Settled> {
  const rows = new Map<string, Judged>();
  const playOnce = rememberPlays(ledger, play);
  const judge = async (row: LedgerRow, { probe, live }: Answered, settings: Settings) => {
    const candidates: Candidate[] = [];
    for (const choice of candidatesOf(row, live)) {
      const set = choice === undefined ? settings : { ...settings, [row.id]: choice };
      candidates.push({ choice, played: await playOnce(probe, set) });
    }
    return { judged: judgeRow(live, candidates), candidates };
  };
  const free = ledger.rows.filter(
    ({ id, choices }) => choices !== undefined && unprobed.includes(id) && !(id in known),
  );
  /** The one choice of the rows that were not probed with which this row fits. */
  const findShown = async (
    row: LedgerRow,
    each: Answered,
    settings: Settings,
    candidates: readonly Candidate[],
  ): Promise<{ readonly row: string; readonly choice: string } | undefined> => {
    const found: { readonly row: string; readonly choice: string }[] = [];
    for (const { id, choices = [] } of free) {
      if (!candidates.some(({ played }) => played.rows.has(id))) continue;
      for (const { id: choice } of choices) {
        if (choice === (settings[id] ?? ledger.defaults[id])) continue;
        const { judged } = await judge(row, each, { ...settings, [id]: choice });
        if (judged.verdict !== 'none-fits') found.push({ row: id, choice });
      }
    }
    return found.length === 1 ? found[0] : undefined;
  };
  const shown = new Map<string, Shown>();
  const found = answered.flatMap((each) => {
    const row = ledger.rows.find(({ id }) => id === each.probe.row);
    return row ? [{ row, each }] : [];
  });
  const [switchable, fixed] = [
    found.filter(isSwitchable),
    found.filter((each) => !isSwitchable(each)),
  ];

  let settings: Settings = known;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const before = settings;
    for (const { row, each } of [...switchable, ...fixed]) {
      const { judged, candidates } = await judge(row, each, settings);
      rows.set(row.id, judged);
      const other =
        judged.verdict === 'none-fits'
          ? await findShown(row, each, settings, candidates)
          : undefined;
      if (other) {
        settings = { ...settings, [other.row]: other.choice };
        shown.set(other.row, { choice: other.choice, by: each });
        continue;
      }
      const leaning = leaningOf(judged, ledger.defaults[row.id]);
      const { [row.id]: _, ...others } = settings;
      settings = leaning === undefined ? others : { ...settings, [row.id]: leaning };
    }
    if (keyOf(before, ledger) === keyOf(settings, ledger)) break;
  }
  return { settings, rows, shown };
}

function isSwitchable({ row }: { readonly row: LedgerRow }): boolean {
  return row.choices !== undefined || row.number !== undefined;
}

/** Of a number: the default, the one that the live answer shows, and its neighbours. */
function candidatesOf(
  { choices, number }: LedgerRow,
  live: Played,
): readonly (string | undefined)[] {
  if (choices) return choices.map(({ id }) => id);
  if (!number) return [undefined];
  const shown = live.number ?? number.default;
  const near = [number.default, shown, shown - 1, shown + 1];
  const allowed = near.filter((each) => each >= number.min && each <= number.max);
  return [...new Set(allowed)].map(String);
}

/** What to go on with. The nearest choice may fit as soon as other rows are settled. */
function leaningOf(judged: Judged, usual: string | undefined): string | undefined {
  switch (judged.verdict) {
    case 'fits':
    case 'none-fits':
      return judged.choice;
    case 'not-told-apart':
      return usual !== undefined && judged.alike.includes(usual) ? undefined : judged.alike[0];
    default:
      return undefined;
  }
}

/** Passes repeat what earlier ones played, except with the choices that were found in between. */
function rememberPlays(ledger: Ledger, play: Play): Play {
  const known = new Map<string, Promise<Played>>();
  return (probe, settings) => {
    const key = `${probe.row} ${keyOf(settings, ledger)}`;
    const before = known.get(key);
    if (before) return before;
    const played = play(probe, settings);
    known.set(key, played);
    return played;
  };
}

/** The same for settings that mean the same. */
function keyOf(settings: Settings, { defaults }: Ledger): string {
  return JSON.stringify(Object.entries({ ...defaults, ...settings }).toSorted());
}
