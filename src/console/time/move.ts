import type { ClockReading } from '../../control-api/control-api.ts';

/** Moves the clock, and says what it shows then. */
export type Move = (work: () => Promise<ClockReading>) => void;
