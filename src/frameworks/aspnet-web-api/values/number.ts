/** Numbers as .NET reads and writes them. */
const INTEGER = /^[\t-\r ]*[+-]?\d+[\t-\r ]*$/;
const MAX_INT = 2_147_483_647;

/** NumberStyles.Integer: allows white space around it and a sign, but no point or separators. Undefined beyond Int32. */
export function parseInt32(text: string): number | undefined {
  return INTEGER.test(text) ? toInt32(Number(text)) : undefined;
}

/** True for an integer of any size, because .NET reports an overflow and a non-number differently. */
export function isIntegerText(text: string): boolean {
  return INTEGER.test(text);
}

export function toInt32(value: number): number | undefined {
  if (!Number.isInteger(value) || value > MAX_INT || value < -MAX_INT - 1) return undefined;
  // Int32 has no negative zero.
  return value === 0 ? 0 : value;
}

/** Like Double.ToString in .NET Framework: 15 digits; an exponent from 1E+15 up and below 1E-05. */
export function formatDouble(value: number): string {
  if (value === 0) return '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential(14).split('e');
  const exponent = Number(exponentText);
  if (exponent > -5 && exponent < 15) return trimZeros(value.toFixed(Math.max(0, 14 - exponent)));
  const digits = String(Math.abs(exponent)).padStart(2, '0');
  return `${trimZeros(mantissa)}E${exponent < 0 ? '-' : '+'}${digits}`;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
