import { expect, it } from 'vitest';
import { completeArguments } from './complete-arguments.ts';
import { createProgram } from './program.ts';

const complete = (line: string) =>
  completeArguments(createProgram(), line.split(' ').filter(Boolean)).join(' ');

it.each([
  ['', 'serve'],
  ['-p 0', 'serve -p 0'],
  ['serve -p 0', 'serve -p 0'],
  ['-h', '-h'],
  ['--version', '--version'],
  ['help', '--help'],
  ['help sandbox create', 'sandbox create --help'],
  ['sandbox help create', 'sandbox create --help'],
  ['help nope', 'nope'],
  ['nope --help', 'nope'],
  ['sandbox nope --help', 'sandbox nope'],
  ['check help', 'check help'],
])('"%s" is "%s"', (typed, completed) => {
  expect(complete(typed)).toBe(completed);
});

it.each([
  ['verify --keep pacts', 'verify --keep=on pacts'],
  ['verify --keep', 'verify --keep=on'],
  ['verify --keep=off pacts', 'verify --keep=off pacts'],
  ['verify --allow-writes off pacts', 'verify --allow-writes off pacts'],
  ['verify -- --keep', 'verify -- --keep'],
  ['serve --no-cors --no-strict-specs', 'serve --cors=off --strict-specs=off'],
  ['serve --no-port', 'serve --no-port'],
  ['serve -- --no-cors', 'serve -- --no-cors'],
])('gives a switch its value: "%s" is "%s"', (typed, completed) => {
  expect(complete(typed)).toBe(completed);
});
