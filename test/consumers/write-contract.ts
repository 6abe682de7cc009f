/** Where the consumer tests of this folder write their contract, and how it is held against contracts/. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pact } from '@pact-foundation/pact';
import { afterAll } from 'vitest';

/** A pact that is written afresh; in a project of your own say `dir: 'contracts'` in its place. */
export function openPact(consumer: string, provider: string) {
  const dir = mkdtempSync(path.join(tmpdir(), 'license-mock-pact-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const pact = new Pact({ consumer, provider, dir, logLevel: 'error' });

  const name = `${consumer}-${provider}.json`;
  return {
    pact,
    /** As contracts/ is to hold it. */
    written(): string {
      const text = readFileSync(path.join(dir, name), 'utf8');
      const { metadata, ...contract } = JSON.parse(text) as Record<string, Metadata>;
      // The versions of Pact's own tools are left out: they say nothing about the vendor.
      const kept = { ...contract, metadata: { pactSpecification: metadata?.pactSpecification } };
      return `${JSON.stringify(kept, null, 2)}\n`;
    },
    /** `npx vitest run test/consumers --update` renews it. */
    file: path.join(import.meta.dirname, '../../contracts', name),
  };
}

type Metadata = { readonly pactSpecification: unknown };
