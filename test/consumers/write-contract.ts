/**
 * Writes the contract of a consumer test. The file is `contracts/<consumer>-<provider>.json` in the folder in which the
 * tests are run: in a copy of these tests, your project.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pact } from '@pact-foundation/pact';
import { afterAll } from 'vitest';

/** Pact writes into a temporary folder, so that an interaction that is gone from the tests leaves the contract too. */
export function openPact(consumer: string, provider: string) {
  const dir = mkdtempSync(path.join(tmpdir(), 'license-mock-pact-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const pact = new Pact({ consumer, provider, dir, logLevel: 'error' });

  const name = `${consumer}-${provider}.json`;
  return {
    pact,
    /** The contract as its file must have it. */
    written(): string {
      const text = readFileSync(path.join(dir, name), 'utf8');
      const { metadata, ...contract } = JSON.parse(text) as Record<string, Metadata>;
      // The versions of Pact's own tools are left out: they say nothing about the vendor.
      const kept = { ...contract, metadata: { pactSpecification: metadata?.pactSpecification } };
      return `${JSON.stringify(kept, null, 2)}\n`;
    },
    /** `npx vitest run --update` writes it anew. */
    file: path.resolve('contracts', name),
  };
}

type Metadata = { readonly pactSpecification: unknown };
