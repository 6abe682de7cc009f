/** Where the consumer tests of this folder write their contract, and how it is held against contracts/. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pact } from '@pact-foundation/pact';
import { afterAll, expect } from 'vitest';

/** A pact that is written afresh; in a project of your own say `dir: 'contracts'` in its place. */
export function openPact(consumer: string, provider: string) {
  const dir = mkdtempSync(path.join(tmpdir(), 'license-mock-pact-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const pact = new Pact({ consumer, provider, dir, logLevel: 'error' });

  /** Fails where contracts/ holds another contract; `npx vitest run -u test/consumers` writes it there. */
  const expectInContracts = async (): Promise<void> => {
    const name = `${consumer}-${provider}.json`;
    const { metadata, ...contract } = JSON.parse(
      readFileSync(path.join(dir, name), 'utf8'),
    ) as Record<string, { pactSpecification: unknown }>;
    // The versions of Pact's own tools are left out: they say nothing about the vendor.
    const kept = { ...contract, metadata: { pactSpecification: metadata?.pactSpecification } };
    const file = path.join(import.meta.dirname, '../../contracts', name);
    await expect(`${JSON.stringify(kept, null, 2)}\n`).toMatchFileSnapshot(file);
  };
  return { pact, expectInContracts };
}
