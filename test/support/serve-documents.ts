/** Serves OpenAPI files that a test writes, together with the package's vendors. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jsonOf } from './json.ts';
import { startTestServer, type TestServer } from './server.ts';

/** `files` maps paths to text or bytes. They are removed after the start. */
export async function serveDocuments(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Readonly<Record<string, string>> = {},
): Promise<TestServer> {
  const specs = mkdtempSync(path.join(tmpdir(), 'license-mock-test-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(specs, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return await startTestServer({ options: { ...options, specs } });
  } finally {
    rmSync(specs, { recursive: true });
  }
}

type Listed = {
  readonly vendors: readonly {
    readonly name: string;
    readonly operations: readonly { readonly id: string }[];
  }[];
  readonly notServed: readonly { readonly operation?: string; readonly reason: string }[];
};

/** The control API's list of vendors and of parts that are not served. */
export async function listVendors({ url }: TestServer): Promise<Listed> {
  return jsonOf<Listed>(await fetch(`${url}/_mock/vendors`));
}

/** An operation that answers `200` with this value. */
export function answering(value: unknown): object {
  return {
    responses: { 200: { description: 'ok', content: { 'application/json': { example: value } } } },
  };
}

/** A document of OpenAPI 3.0 with these paths, as JSON. */
export function describePaths(paths: object, more: object = {}): string {
  return JSON.stringify({ openapi: '3.0.3', info: { title: 't', version: '1' }, paths, ...more });
}
