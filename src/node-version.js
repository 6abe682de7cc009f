// Plain JavaScript: a Node that is too old to read TypeScript can still load it.

/**
 * What to tell the user if this version of Node is too old; undefined if it is not.
 *
 * @param {string} version such as `24.18.0`
 * @returns {string | undefined}
 */
export function describeOldNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 18)) return undefined;
  return `license-mock needs Node 24.18 or later; this is ${version}.`;
}
