/**
 * `license-mock/jest`: one mock for all test files. CommonJS, because Jest's own modules are.
 *
 * The tests find it with `connect()` of `license-mock/connect`, by the environment variables that are set here.
 */

/** @type {import('../index.ts').LicenseMock | undefined} */
let mock;

/**
 * Starts the mock. `license-mock/jest/setup` calls it; call it from a setup file of your own to give options:
 *
 *     const { globalSetup } = require('license-mock/jest');
 *     module.exports = () => globalSetup({ specs: './more-specs' });
 *
 * @param {import('../index.ts').LicenseMockOptions} [options]
 * @returns {Promise<void>}
 */
async function globalSetup(options = {}) {
  const { startLicenseMock } = await import('../index.ts');
  mock = await startLicenseMock(options);
  process.env['LICENSE_MOCK_URL'] = mock.url;
  if (options.controlToken === undefined) delete process.env['LICENSE_MOCK_CONTROL_TOKEN'];
  else process.env['LICENSE_MOCK_CONTROL_TOKEN'] = options.controlToken;
}

/**
 * Stops the mock.
 *
 * @returns {Promise<void>}
 */
async function globalTeardown() {
  await mock?.stop();
}

module.exports = { globalSetup, globalTeardown };
