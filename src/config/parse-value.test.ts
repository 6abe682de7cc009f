import { expect, it } from 'vitest';
import { oneOf, parseSwitch } from './parse-value.ts';

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

it('says which choice was probably meant, if one is similar', () => {
  const parse = oneOf('trace', 'warn', 'error');
  const level = (text: string) => ({ source: '--log-level', text });
  expect(() => parse(level('warning'))).toThrow(
    '--log-level cannot be "warning". Did you mean warn? Choose trace, warn, error.',
  );
  expect(() => parse(level('x'))).toThrow('--log-level cannot be "x". Choose trace, warn, error.');
});
