/** The same small world for Django and for the mock. */
import { startTestServer, type TestServer } from '../../support/server.ts';
import { startDjango, type Django } from './oracle.ts';

const NOW = '2026-11-21T09:30:00+00:00';
/** The views of the app do not catch what fails in them. */
const SETTINGS = { 'IBL-SERVER-ERROR': 'page' };
const platforms = ['acme', 'beta'].map((key, index) => ({ id: index + 1, key, org: key }));
const programs = ['p1', 'p2'];

const subjects = platforms.flatMap(({ key: platform }) =>
  programs.map((key) => ({ key, platform })),
);
const scenario = JSON.stringify(
  {
    references: 'closed',
    ibl: {
      credentials: [
        { token: 'adm', role: 'dm-admin' },
        { token: 'ro', role: 'platform-admin', platform: 'acme' },
      ],
      platforms: platforms.map(({ key, ...rest }) => ({ ...rest, key, name: key })),
      courses: subjects,
      programs: subjects,
    },
  },
  undefined,
  1,
);

/** `choices`: ledger rows that the app treats otherwise than by default. */
export function openDjango(choices: Readonly<Record<string, string>> = {}): Promise<Django> {
  return startDjango({
    now: NOW,
    platforms,
    tokens: {
      adm: { role: 'dm-admin', platform: null },
      ro: { role: 'platform-admin', platform: 'acme' },
    },
    choices,
  });
}

/** The choice of IBL-DJANGO. */
export function versionOf({ versions }: Django): string {
  return Number.parseInt(versions.django, 10) >= 5 ? '5.2' : '3.2';
}

export async function openBoth(): Promise<{ readonly django: Django; readonly mock: TestServer }> {
  const django = await openDjango();
  const settings = { ...SETTINGS, 'IBL-DJANGO': versionOf(django) };
  const mock = await startTestServer({ scenario, clock: NOW, settings });
  return { django, mock };
}
