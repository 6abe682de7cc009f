/** Mounts the control API in Express, and the vendors behind it. */
import type { RequestListener } from 'node:http';
import path from 'node:path';
import express, { type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { loadSpec } from '../openapi/load-spec.ts';
import { withMergedAlternatives } from '../openapi/merge-alternatives.ts';
import { PACKAGE_FOLDER } from '../package-folder.ts';
import { createCallLog } from './call-log.ts';
import type { ControlParts } from './call.ts';
import { CONTROL_PATH } from './control-path.ts';
import { createControl } from './control.ts';

const SPEC = path.join(PACKAGE_FOLDER, 'specs', 'control.yaml');

/** `vendors` gets every request outside the control API. */
export async function openControl(
  parts: Omit<ControlParts, 'spec' | 'log'>,
  logger: Logger,
  vendors: RequestHandler,
): Promise<RequestListener> {
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  const spec = withMergedAlternatives(await loadSpec('control', SPEC));
  app.use(CONTROL_PATH, createControl({ ...parts, spec, log: createCallLog(logger) }));
  app.use(vendors);
  return app;
}
