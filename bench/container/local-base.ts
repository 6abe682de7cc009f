/** A base image without a registry of images: Debian by debootstrap, with the Node and npm of this machine. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const BASE = 'localhost/license-mock-check-base';

/** The image's name; it is made once. */
export function buildBase(): string {
  if (spawnSync('buildah', ['inspect', '--type', 'image', BASE]).status === 0) return BASE;
  const container = execFileSync('buildah', ['from', 'scratch'], { encoding: 'utf8' }).trim();
  const root = execFileSync('buildah', ['mount', container], { encoding: 'utf8' }).trim();
  execFileSync('debootstrap', ['--variant=minbase', 'bookworm', root], { stdio: 'inherit' });
  const local = path.join(root, 'usr/local');
  cpSync(realpathSync(process.execPath), path.join(local, 'bin/node'));
  const npm = execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim();
  mkdirSync(path.join(local, 'lib/node_modules'), { recursive: true });
  cpSync(path.join(npm, 'npm'), path.join(local, 'lib/node_modules/npm'), { recursive: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', path.join(local, 'bin/npm'));
  const settings = trustAsHere(root);
  const searchPath = 'PATH=/usr/local/bin:/usr/bin:/bin';
  const variables = [searchPath, ...settings].flatMap((setting) => ['--env', setting]);
  execFileSync('buildah', ['config', ...variables, container]);
  execFileSync('buildah', ['commit', container, BASE], { stdio: 'inherit' });
  execFileSync('buildah', ['rm', container]);
  return BASE;
}

/** A machine behind a proxy of its own has certificates of its own; npm in the image needs them as npm here does. */
function trustAsHere(root: string): readonly string[] {
  const file = process.env['NODE_EXTRA_CA_CERTS'];
  if (file === undefined || !existsSync(file)) return [];
  cpSync(file, path.join(root, 'etc/extra-ca.pem'));
  return ['NODE_EXTRA_CA_CERTS=/etc/extra-ca.pem'];
}
