/** `license-mock/jest/setup`, for `globalSetup` of a Jest config. */
const { globalSetup } = require('./jest.cjs');

// Jest hands its own config to the function.
module.exports = () => globalSetup();
