/**
 * Finds the choices of a live vendor. Rows shape the same answers, such as an envelope and what it contains, so each is
 * judged with the choices found so far, again and again until nothing changes.
 */
import type { Ledger, LedgerRow, Settings } from '../ledger/ledger.ts';
import { judgeRow, type Judged } from './judge-row.ts';
import type { Played } from './play-probe.ts';
import type { Probe } from './probe.ts';

/** A probe that the live vendor has answered. */
export type Answered = { readonly probe: Probe; readonly live: Played };

export type Settled = {
  /** The choices that differ from the ledger's defaults, or are known to be the default. */
  readonly settings: Settings;
  readonly rows: ReadonlyMap<string, Judged>;
};

type Play = (probe: Probe, settings: Settings) => Promise<Played>;

/** More would mean that two rows turn each other round. */
const MAX_PASSES = 8;

/** `play` plays a probe in a sandbox of the mock with these settings. */
export async function settleRows(
  answered: readonly Answered[],
  ledger: Ledger,
  play: Play,
): Promise<Settled> {
  const rows = new Map<string, Judged>();
  const playOnce = rememberPlays(ledger, play);
  const judge = async (row: LedgerRow, { probe, live }: Answered, settings: Settings) => {
    const candidates = [];
    for (const choice of candidatesOf(row, live)) {
      const set = choice === undefined ? settings : { ...settings, [row.id]: choice };
      candidates.push({ choice, played: await playOnce(probe, set) });
    }
    const judged = judgeRow(live, candidates);
    rows.set(row.id, judged);
    return judged;
  };
  const found = answered.flatMap((each) => {
    const row = ledger.rows.find(({ id }) => id === each.probe.row);
    return row ? [{ row, each }] : [];
  });
  const [switchable, fixed] = [
    found.filter(isSwitchable),
    found.filter((each) => !isSwitchable(each)),
  ];

  let settings: Settings = {};
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const before = settings;
    for (const { row, each } of switchable) {
      const leaning = leaningOf(await judge(row, each, settings), ledger.defaults[row.id]);
      const { [row.id]: _, ...others } = settings;
      settings = leaning === undefined ? others : { ...settings, [row.id]: leaning };
    }
    if (keyOf(before, ledger) === keyOf(settings, ledger)) break;
  }
  for (const { row, each } of fixed) await judge(row, each, settings);
  return { settings, rows };
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
