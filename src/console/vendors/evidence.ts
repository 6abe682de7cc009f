/** What can speak for a row of the ledger, strongest first. */
export const EVIDENCE = [
  { id: 'documented', label: 'Documented', meaning: 'The vendor’s documentation says so.' },
  { id: 'executed', label: 'Executed', meaning: 'The vendor’s framework did so when we ran it.' },
  { id: 'observed', label: 'Observed', meaning: 'Public clients or schemas show it.' },
  {
    id: 'assumed',
    label: 'Assumed',
    meaning: 'No source says so. The mock does what is most likely.',
  },
] as const;
