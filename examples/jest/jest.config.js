module.exports = {
  // One mock for all test files.
  globalSetup: 'license-mock/jest/setup',
  globalTeardown: 'license-mock/jest/teardown',
};
