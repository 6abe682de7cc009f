/** `license-mock/jest/teardown`, for `globalTeardown` of a Jest config. */
const { globalTeardown } = require('./jest.cjs');

module.exports = () => globalTeardown();
