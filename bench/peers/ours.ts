/** license-mock as it comes: durable, checked both ways, journaling, logging. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { create, list, type Peer } from './peer.ts';

const root = path.join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  version: string;
};

/** `stored`: licenses that are there when it starts. `checkout`: where its code is; default: here. `data`: its own folder. */
export function ours(
  name: string,
  {
    stored = 0,
    options = [],
    checkout = root,
    data,
  }: { stored?: number; options?: readonly string[]; checkout?: string; data?: string } = {},
): Peer {
  return {
    name,
    version,
    does: 'checks request and answer, keeps state on disk, journals, logs',
    command(port, folder) {
      const scenario = path.join(folder, 'bench.yaml');
      writeFileSync(scenario, scenarioWith(stored));
      return [
        process.execPath,
        // As `npm start` has it.
        '--max-semi-space-size=16',
        path.join(checkout, 'src/cli/main.js'),
        'serve',
        '--port',
        String(port),
        '--data',
        data ?? path.join(folder, 'data'),
        '--scenario',
        scenario,
        ...options,
      ];
    },
    create,
    list,
  };
}

function scenarioWith(stored: number): string {
  return [
    'name: bench',
    'ibl:',
    '  credentials: [{ token: dm-admin, role: dm-admin }]',
    '  platforms: [{ id: 1, key: acme, org: acme, name: Acme Academy }]',
    ...(stored > 0
      ? ['  licenses:', `    - { generate: ${stored}, platform_key: acme, program_key: bar }`]
      : []),
    '',
  ].join('\n');
}
