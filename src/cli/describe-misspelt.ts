/** Names misspelt environment variables, for the commands that read the options of `serve`. */
import type { Environment } from '../config/options.ts';
import { serveOptions } from '../config/serve-config.ts';
import { describeUnknownVariables } from '../config/unknown-variables.ts';
import { serverOptions } from './client-options.ts';
import { pullOptions } from './pull-options.ts';
import { configOption } from './read-serve-options.ts';
import { verifyOptions } from './verify-options.ts';

/** Those of all commands: one that another command reads is set for that one. */
const known = [
  configOption,
  ...serveOptions,
  ...verifyOptions,
  ...serverOptions,
  ...pullOptions,
].flatMap(({ variable }) => variable ?? []);

/** A sentence each. */
export function describeMisspelt(environment: Environment): readonly string[] {
  return describeUnknownVariables(environment, known);
}
