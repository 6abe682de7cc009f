/** Numbers of requests. A replica takes them in blocks, so that requests do not wait for a counter. */
import type { Send } from '../../database/database.ts';
import type { WorldId } from '../shared.ts';

export type RequestNumbers = {
  /** Undefined: the journal has started over, or the sandbox is gone. */
  take(journal: Omit<WorldId, 'generation'>): Promise<number | undefined>;
  forget(sandbox: string): void;
};

/** A replica takes 1, then 2, then 4, up to this. */
const MAX_BLOCK = 256;
/** Blocks are kept for this many sandboxes. */
const MAX_BLOCKS = 10_000;

type Block = {
  readonly journalId: string;
  next: number;
  end: number;
  size: number;
  taking: Promise<boolean> | undefined;
};

const TAKE = `
  UPDATE @journals j SET requests = requests + $3 FROM @sandboxes s
  WHERE s.name = $1 AND j.sandbox = s.id AND j.identity = $2
  RETURNING j.requests`;

export function createRequestNumbers(send: Send): RequestNumbers {
  const blocks = new Map<string, Block>();

  const blockOf = (sandbox: string, journalId: string): Block => {
    const known = blocks.get(sandbox);
    if (known?.journalId === journalId) return known;
    const block = { journalId, next: 1, end: 0, size: 1, taking: undefined };
    blocks.delete(sandbox);
    blocks.set(sandbox, block);
    const [oldest] = blocks.keys();
    if (blocks.size > MAX_BLOCKS && oldest !== undefined) blocks.delete(oldest);
    return block;
  };

  /** False: the journal is over. */
  const takeBlock = async (sandbox: string, block: Block): Promise<boolean> => {
    const { size } = block;
    const [row] = await send(TAKE, [sandbox, block.journalId, size]);
    if (!row) return false;
    block.end = Number(row['requests']);
    block.next = block.end - size + 1;
    block.size = Math.min(size * 2, MAX_BLOCK);
    return true;
  };

  return {
    async take({ sandbox, journalId }) {
      const block = blockOf(sandbox, journalId);
      while (block.next > block.end) {
        block.taking ??= takeBlock(sandbox, block).finally(() => (block.taking = undefined));
        if (!(await block.taking)) return undefined;
      }
      block.next += 1;
      return block.next - 1;
    },
    forget: (sandbox) => void blocks.delete(sandbox),
  };
}
