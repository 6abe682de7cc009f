/** The names of the fields that two forms of a record do not share, in the order of the newer one. */
export function changedFields(
  was: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(was)])];
  return names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(now[name]));
}
