/** A mock as a test holds it: where it is, and the sandboxes in it. */
import type { StartOptions } from '../control-api/control-api.ts';
import { MockError } from '../errors.ts';
import { createControlClient } from './control-client.ts';
import { openSandbox, removeSandbox, type Sandbox } from './open-sandbox.ts';
import { parseBase, type ControlAddress } from './send-call.ts';

export type LicenseMock = {
  /** The base URL for a vendor's client: `http://127.0.0.1:41234`, without a slash at its end. Leads to `default`. */
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
   * A handle on a sandbox, which it neither creates nor changes. Every mock has the sandbox `default`; a vendor's
   * request creates any other one that is not there. Throws a `MockError` for a name that cannot be.
   */
  sandbox(name?: string): Sandbox;
  /**
   * A mock that this process started: waits for open requests, as long as `grace` allows, then lets go of port and
   * data. A mock that runs elsewhere stays as it is.
   */
  stop(): Promise<void>;
  /** As `stop`. */
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
