/** A mock as a test uses it. */
import type { StartOptions } from '../control-api/control-api.ts';
import { MockError } from '../errors.ts';
import { createControlClient } from './control-client.ts';
import { openSandbox, removeSandbox, type Sandbox } from './open-sandbox.ts';
import { parseBase, type ControlAddress } from './send-call.ts';

export type LicenseMock = {
  /** Base URL of the sandbox `default` for a vendor's client: `http://127.0.0.1:41234`, without a trailing slash. */
  readonly url: string;
  /**
   * Creates a sandbox. If there is one with this name, everything in it is replaced: records, clock, overrides,
   * journal and snapshots. `await using` removes it at the end of the block.
   *
   * `name` has 1 to 64 characters of a-z, 0-9 and -, and does not start with -. Rejects with a `ControlError` if the
   * name, the scenario or an option is wrong.
   */
  createSandbox(name: string, options?: StartOptions): Promise<Sandbox>;
  /**
   * Returns a handle on a sandbox; neither creates nor changes it. Every mock has the sandbox `default`. A vendor
   * request creates any other missing sandbox. Throws a `MockError` if the name is invalid.
   */
  sandbox(name?: string): Sandbox;
  /**
   * Stops a mock that this process started: waits for open requests, at most `grace`, then releases port and
   * data. Does nothing to a mock that runs elsewhere.
   */
  stop(): Promise<void>;
  /** Same as `stop`. */
  [Symbol.asyncDispose](): Promise<void>;
};

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Throws `MockError` `bad-option` for a URL that is not one. */
export function openMock(address: ControlAddress, stop: () => Promise<void>): LicenseMock {
  const url = parseBase(address.url);
  const client = createControlClient(address);
  const open = (name: string, dispose: () => Promise<void>): Sandbox =>
    openSandbox(client, { name, url: `${url}/_sandbox/${name}`, dispose });
  return {
    url,
    async createSandbox(name, options = {}) {
      await client.startSandbox(name, options);
      return open(name, () => removeSandbox(client, name));
    },
    sandbox(name = 'default') {
      if (!NAME.test(name)) {
        throw new MockError(
          'bad-sandbox-name',
          `"${name}" cannot be the name of a sandbox. Use 1 to 64 of a-z, 0-9 and -, not starting with -.`,
        );
      }
      return open(name, async () => {});
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
