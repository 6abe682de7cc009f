/** The health check of the image asks the port on which the server of the image listens. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parseServeConfig, serveOptions } from '../../src/config/serve-config.ts';
import { readOptions } from '../../src/config/options.ts';

const dockerfile = readFileSync(path.join(import.meta.dirname, '../../Dockerfile'), 'utf8');
const [, check = ''] = /^HEALTHCHECK [^[]*CMD (\[.*\])$/m.exec(dockerfile) ?? [];
const [, ...args] = JSON.parse(check) as readonly string[];

/** Shows what is asked in the place of asking. */
const SHOW =
  'data:text/javascript,globalThis.fetch=async(url)=>{process.stdout.write(url);return{ok:true}}';

it.each(['4010', '5000', 'tcp://10.96.0.7:4010'])(
  'asks where the server listens when LICENSE_MOCK_PORT is %s',
  (port) => {
    const environment = { LICENSE_MOCK_PORT: port };
    const config = parseServeConfig(readOptions(serveOptions, {}, environment));
    const { stdout, status } = spawnSync(process.execPath, ['--import', SHOW, ...args], {
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    });
    expect(stdout).toBe(`http://127.0.0.1:${config.port}/_mock/health`);
    expect(status).toBe(0);
  },
);
