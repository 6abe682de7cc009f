/** Where the driver keeps a sandbox: lowdb's adapter, and what an adapter has no word for. */
import { Memory } from 'lowdb';
import type { Adapter } from 'lowdb';
import type { SandboxState } from './state.ts';

export type Count = (event: 'commit' | 'compaction') => void;

export type Log = (level: 'warn' | 'error', message: string) => void;

export type Storage = Adapter<SandboxState> & {
  /** True when `compact` should be called, alone. */
  wantsCompaction(): boolean;
  /** Resolves when what is to be written is gathered; the writing goes on beside. Never rejects. */
  compact(state: SandboxState): Promise<void>;
  /** Resolves when all that was written until now is as durable as promised. */
  settle(): Promise<void>;
  /** After `settle` failed: takes back what never got durable. */
  rewind(state: SandboxState): void;
  /** Writes `next` in the place of all that is there, at one moment. */
  replace(next: SandboxState): Promise<void>;
  /** Removes all that is there, at one moment. */
  remove(): Promise<void>;
  /** Waits for what is under way and lets go of files. */
  close(): Promise<void>;
};

const nothingToDo = async (): Promise<void> => {};

/** Nothing outlives the process, so nothing has to be waited for. */
export function createMemoryStorage(): Storage {
  let memory = new Memory<SandboxState>();
  return {
    read: () => memory.read(),
    write: (state) => memory.write(state),
    wantsCompaction: () => false,
    compact: nothingToDo,
    settle: nothingToDo,
    rewind: () => {},
    replace: (next) => memory.write(next),
    remove: async () => {
      memory = new Memory();
    },
    close: nothingToDo,
  };
}
