/** Runs the verification as `license-mock verify` does, with what a test puts in its place. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openVerification } from '../../src/parts.ts';
import { renderReport } from '../../src/contracts/render-report.ts';
import type { Report } from '../../src/contracts/report.ts';
import { verify, type VerifyOptions, type VerifyParts } from '../../src/contracts/verify.ts';
import { startVerifier } from '../../src/contracts/verifier.ts';
import { startTestServer } from '../support/server.ts';

export type Verified = {
  readonly report: Report;
  /** As a person reads it. */
  readonly text: string;
};

const opened = openVerification();
/** One process for all verifications of a worker; files share this module. */
let verifier = startVerifier();
process.once('exit', () => verifier.stop());

/** After a verification that could not run, the next one gets a new process, so that it does not fail as well. */
function replaceVerifier(thrown: unknown): never {
  verifier.stop();
  verifier = startVerifier();
  throw thrown;
}

export const contractsFolder = path.join(import.meta.dirname, '../../contracts');

/** `mockUrl`: of a mock that runs; left out: a fresh one is started. */
export async function verifyContracts(
  options: Partial<VerifyOptions>,
  parts: { readonly mockUrl?: string } & Partial<VerifyParts> = {},
): Promise<Verified> {
  const { mockUrl, ...rest } = parts;
  const report = await verify(
    {
      patterns: [contractsFolder],
      vendor: undefined,
      only: undefined,
      failOnWarnings: false,
      keep: false,
      live: undefined,
      timeoutMs: 30_000,
      ...options,
    },
    {
      ...(await opened),
      startVerifier: () => ({ ...verifier, stop: () => {} }),
      async startMock() {
        const stays = { controlToken: undefined, stop: () => Promise.resolve() };
        if (mockUrl !== undefined) return { url: mockUrl, ...stays };
        const server = await startTestServer();
        return { url: server.url, controlToken: undefined, stop: () => server.stop() };
      },
      ...rest,
    },
  ).catch(replaceVerifier);
  return { report, text: renderReport(report, 'human') };
}

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A file of a folder that lives as long as the test file. */
export function writePact(pact: unknown, name = 'some-consumer.json'): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'license-mock-contract-'));
  folders.push(folder);
  const file = path.join(folder, name);
  writeFileSync(file, typeof pact === 'string' ? pact : JSON.stringify(pact));
  return file;
}
