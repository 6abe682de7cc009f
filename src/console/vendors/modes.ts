/** What a sandbox can use a live vendor for, in words for people. */
import type { UpstreamMode } from '../../control-api/control-api.ts';

export const MODES: readonly {
  readonly id: UpstreamMode;
  readonly label: string;
  readonly meaning: string;
}[] = [
  { id: 'mock', label: 'Mock', meaning: 'The live vendor is not used.' },
  {
    id: 'proxy',
    label: 'Proxy',
    meaning: 'Every request goes to the vendor. Nothing is checked, stored or overridden.',
  },
  {
    id: 'fallback',
    label: 'Fallback',
    meaning: 'What the mock has no handler for goes to the vendor.',
  },
  {
    id: 'shadow',
    label: 'Shadow',
    meaning: 'The mock answers. The vendor is asked as well, and Traffic shows the drift.',
  },
];
