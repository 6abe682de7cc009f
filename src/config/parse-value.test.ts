import { expect, it } from 'vitest';
import { parseSwitch } from './parse-value.ts';

const value = (text: string) => ({ source: 'LICENSE_MOCK_KEEP', text });

it.each(['true', '1', 'on', 'yes', 'TRUE', 'On'])('reads "%s" as on', (text) => {
  expect(parseSwitch(value(text))).toBe(true);
});

it.each(['false', '0', 'off', 'no', 'FALSE', 'No'])('reads "%s" as off', (text) => {
  expect(parseSwitch(value(text))).toBe(false);
});

it.each(['', ' ', '2', 'y', 'maybe', 'constructor'])('refuses "%s"', (text) => {
  expect(() => parseSwitch(value(text))).toThrow(
    `LICENSE_MOCK_KEEP cannot be "${text}". Write true, 1, on or yes; or false, 0, off or no.`,
  );
});
