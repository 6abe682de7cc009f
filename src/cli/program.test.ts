import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';

function all(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(all)];
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

describe.each(all(createProgram()).map((command) => ({ name: nameOf(command), command })))(
  'the help of $name',
  ({ name, command }) => {
    let text = '';
    command.configureOutput({ writeOut: (part) => void (text += part), getOutHelpWidth: () => 80 });
    command.outputHelp();

    it('fits into 80 columns', () => {
      expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    });

    it('has examples of the command', () => {
      const [, examples = ''] = text.split('Examples:\n');
      expect(examples.split('\n')[0]).toContain(name);
    });
  },
);
