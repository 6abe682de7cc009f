/** What each preset does, in words for a button. */
import type { PresetName } from '../../control-api/control-api.ts';

export const presets: Readonly<Record<PresetName, string>> = {
  'rate-limited': 'Every call gets the rate limit error',
  flaky: 'One call in ten gets a 503',
  slow: 'Every call takes one to four seconds longer',
  outage: 'Every call gets a 503',
  'lost-answer': 'The call is carried out, but its answer never arrives',
  'expired-token': 'Valid credentials are refused',
  maintenance: 'A proxy’s HTML page with 503',
};

export const errorKinds = [
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'rate-limited',
  'server-error',
  'unavailable',
] as const;

export const faults: Readonly<Record<string, string>> = {
  hang: 'hang: no answer, the connection stays open',
  'reset-before': 'reset-before: the connection breaks, nothing is carried out',
  'reset-after': 'reset-after: carried out, then the connection breaks',
  truncate: 'truncate: half of the answer arrives',
};
