/** Texts for machine-readable reports: JUnit XML and GitHub annotations. */

/** Omits characters that XML does not allow. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}

export function annotate(
  level: 'error' | 'warning',
  file: string,
  title: string,
  text: string,
): string {
  const property = (value: string) =>
    escapeData(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} file=${property(file)},title=${property(title)}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
