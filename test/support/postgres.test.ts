import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startPostgres, sql } from './postgres.ts';

it('keeps what was committed when all its processes are killed', async () => {
  const postgres = await startPostgres();
  await sql(postgres.url, 'create table t (n int)');
  for (let n = 0; n < 5; n += 1) {
    await sql(postgres.url, `insert into t values (${n})`);
    await postgres.kill();
    await expect(sql(postgres.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
    await postgres.start();
  }
  expect(await sql(postgres.url, 'select * from t')).toHaveLength(5);
  await postgres.remove();
  await expect(sql(postgres.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
});

it('ends, and leaves no file, where the process that started it is killed', async () => {
  const code = `
    import { sql, startPostgres } from '${path.join(import.meta.dirname, 'postgres.ts')}';
    const { url } = await startPostgres();
    const [{ data_directory: folder }] = await sql(url, 'show data_directory');
    console.log(JSON.stringify({ url, folder }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { url, folder } = JSON.parse(String(line)) as { url: string; folder: string };
  expect(existsSync(folder)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => existsSync(path.dirname(folder)), { timeout: 30_000 }).toBe(false);
  await expect(sql(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
});
