import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { books } from './library.ts';
import { addBook, bookIds, openStore, sandboxFolder, temporaryFolder } from './temporary.ts';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));

type Writer = { readonly child: ChildProcess; readonly lines: string[]; said(): Promise<string> };

/** Starts another process on a data folder; `said` gives its first line. */
function startWriter(data: string, durability = 'process', writers = 0): Writer {
  const child = spawn(process.execPath, [WRITER, data, durability, String(writers)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  return {
    child,
    lines,
    said: async () => {
      if (lines.length === 0) await once(output, 'line');
      return lines[0] ?? '';
    },
  };
}

async function kill({ child }: Writer): Promise<void> {
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}

describe('the lock', () => {
  it('keeps a second store of the same process out until the first is closed', async () => {
    const data = temporaryFolder();
    const first = await openStore(data);
    await expect(openStore(data)).rejects.toMatchObject({ code: 'data-in-use' });
    await addBook(first.store, { id: 1 });
    await first.store.close();
    const second = await openStore(data);
    expect(await bookIds(second.store)).toStrictEqual([1]);
  });

  it('keeps a second process out, says whom to stop, and dies with its process', async () => {
    const data = temporaryFolder();
    const writer = startWriter(data);
    expect(await writer.said()).toBe('ready');
    const opening = openStore(data);
    await expect(opening).rejects.toMatchObject({ code: 'data-in-use' });
    await expect(opening).rejects.toThrow(`in use by process ${writer.child.pid} on `);
    await expect(opening).rejects.toThrow('--data');
    const third = startWriter(data);
    expect(await third.said()).toMatch(/is in use by/);
    await kill(writer);
    const { store, messages } = await openStore(data);
    await addBook(store, { id: 1 });
    expect(messages).toStrictEqual([]);
  });

  it('lets one of several starting at once in, also after a process was killed', async () => {
    const data = temporaryFolder();
    const killed = startWriter(data);
    await killed.said();
    await kill(killed);
    const starting = Array.from({ length: 4 }, () => startWriter(data));
    const said = await Promise.all(starting.map((writer) => writer.said()));
    expect(said.filter((line) => line === 'ready')).toHaveLength(1);
    expect(said.filter((line) => line.includes('in use'))).toHaveLength(3);
  });

  it('holds in a folder with a long name', async () => {
    const data = path.join(temporaryFolder(), 'long'.repeat(40), 'ä ö'.repeat(10));
    await openStore(data);
    await expect(openStore(data)).rejects.toMatchObject({ code: 'data-in-use' });
  });

  it('is let go of where opening fails', async () => {
    const data = temporaryFolder();
    fs.mkdirSync(sandboxFolder(data), { recursive: true });
    const log = path.join(sandboxFolder(data), 'log-1.jsonl');
    fs.writeFileSync(log, 'nonsense\n');
    await expect(openStore(data)).rejects.toMatchObject({ code: 'damaged-data' });
    await expect(openStore(data)).rejects.toMatchObject({ code: 'damaged-data' });
    fs.rmSync(log);
    await openStore(data);
  });

  it('says that a folder is no use', async () => {
    const file = path.join(temporaryFolder(), 'file');
    fs.writeFileSync(file, '');
    for (const data of [file, path.join(file, 'below')]) {
      const opening = openStore(data);
      await expect(opening).rejects.toMatchObject({ code: 'data-unusable' });
      await expect(opening).rejects.toThrow(data);
    }
  });
});

describe('kill -9', () => {
  it.each(['process', 'disk'])(
    'loses nothing that was answered, durability %s',
    async (durability) => {
      const data = temporaryFolder();
      const answered = new Set<number>();
      for (let round = 0; round < 4; round++) {
        const writer = startWriter(data, durability, 8);
        await writer.said();
        await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * 200));
        await kill(writer);
        expect(writer.lines.filter((line) => line.startsWith('error'))).toStrictEqual([]);
        for (const line of writer.lines) if (/^\d+$/.test(line)) answered.add(Number(line));
      }
      expect(answered.size).toBeGreaterThan(50);

      const { store } = await openStore(data);
      const found = await store.transact('default', (transaction) => transaction.in(books).find());
      const ids = new Set(found.map(({ id }) => id));
      expect([...answered].filter((id) => !ids.has(id))).toStrictEqual([]);
      // Odd ids and the even ones after them were stored together.
      expect(found.map(({ id }) => id)).toStrictEqual(found.map((_, at) => at + 1));
      expect(found.length % 2).toBe(0);
      for (const { id, isbn, shelf } of found) {
        expect(id % 2 === 1 ? isbn : shelf).toBe(id % 2 === 1 ? `isbn-${id}` : `of ${id - 1}`);
      }
    },
  );
});
