/** What can speak for a row of the ledger, strongest first. */
export const EVIDENCE = [
  { id: 'documented', label: 'Documented', meaning: 'The vendor’s documentation says so.' },
  { id: 'executed', label: 'Executed', meaning: 'The vendor’s framework did so when it was run.' },
  { id: 'observed', label: 'Observed', meaning: 'Public clients or schemas show it.' },
  { id: 'assumed', label: 'Assumed', meaning: 'Nobody says so. The mock takes the likely way.' },
] as const;
