/** .NET's DataContractSerializer on Mono (client.cs): Debian's mono-mcs, mono-runtime and System.Runtime.Serialization. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const LIBRARY = '/usr/lib/mono/4.5/System.Runtime.Serialization.dll';
const has = (command: string) => spawnSync(command, ['--version']).status === 0;

/** Without it the tests are skipped, with one line that says so; in CI that is a failure. */
export const hasMono = existsSync(LIBRARY) && has('mcs') && has('mono');
if (!hasMono) {
  const advice =
    'Debian: apt-get install mono-mcs mono-runtime libmono-system-runtime-serialization4.0-cil.';
  if (process.env['CI'] !== undefined) throw new Error(`The oracle tests need Mono. ${advice}`);
  process.stderr.write(
    `The DataContractSerializer oracle is skipped: there is no Mono. ${advice}\n`,
  );
}

export type Mono = {
  /** A license request as XML. */
  write(license: object, encoding: string): Promise<Buffer>;
  /** The answer to a license that was asked for, read from XML. */
  read(xml: Buffer): Promise<unknown>;
  stop(): Promise<void>;
};

export async function startMono(): Promise<Mono> {
  const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-mono-'));
  const program = path.join(folder, 'client.exe');
  const references = ['System.Runtime.Serialization', 'System.Xml'].map((name) => `-r:${name}`);
  const source = path.join(import.meta.dirname, 'client.cs');
  execFileSync('mcs', [`-out:${program}`, ...references, source]);
  const child = spawn('mono', [program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // The vendor's server is assumed to be in UTC: ledger row ALICE-TIME-ZONE.
    env: { ...process.env, TZ: 'UTC' },
  });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  const ask = async (task: string): Promise<Buffer> => {
    child.stdin.write(`${task}\n`);
    const { value, done } = await lines.next();
    if (done === true) throw new Error('Mono ended.');
    const result = Buffer.from(value, 'base64');
    if (result.subarray(0, 7).toString() === 'failed:') throw new Error(result.toString());
    return result;
  };
  const base64 = (bytes: Buffer) => bytes.toString('base64');
  return {
    write: (license, encoding) =>
      ask(`write ${encoding} ${base64(Buffer.from(JSON.stringify(license)))}`),
    read: async (xml) => JSON.parse((await ask(`read ${base64(xml)}`)).toString()) as unknown,
    async stop() {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
