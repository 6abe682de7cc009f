/** GUIDs in the forms that .NET's Guid.Parse accepts: D, N, B, P and X. */
const PLAIN = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const BARE = /^[0-9a-f]{32}$/;
const HEX = String.raw`0x([0-9a-f]{1,8})`;
const SHORT = String.raw`0x([0-9a-f]{1,4})`;
const BYTE = String.raw`0x([0-9a-f]{1,2})`;
const STRUCT = new RegExp(
  String.raw`^\{${HEX},${SHORT},${SHORT},\{${Array.from({ length: 8 }, () => BYTE).join(',')}\}\}$`,
);

/** Returns the GUID in lower case with hyphens; undefined if .NET refuses the text. */
export function parseGuid(text: string): string | undefined {
  const trimmed = text.trim().toLowerCase();
  if (PLAIN.test(trimmed)) return trimmed;
  if (BARE.test(trimmed)) return hyphenate(trimmed);
  const inner = trimmed.slice(1, -1);
  const isWrapped =
    (trimmed.startsWith('{') && trimmed.endsWith('}')) ||
    (trimmed.startsWith('(') && trimmed.endsWith(')'));
  if (isWrapped && PLAIN.test(inner)) return inner;
  return parseStruct(trimmed.replaceAll(/\s/g, ''));
}

function parseStruct(text: string): string | undefined {
  const parts = STRUCT.exec(text)?.slice(1);
  if (!parts) return undefined;
  const widths = [8, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2];
  return hyphenate(parts.map((part, index) => part.padStart(widths[index] ?? 2, '0')).join(''));
}

function hyphenate(hex: string): string {
  const cuts = [0, 8, 12, 16, 20, 32];
  return cuts
    .slice(1)
    .map((end, index) => hex.slice(cuts[index], end))
    .join('-');
}
