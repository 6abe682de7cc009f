/** The file that a report is written to, tried before anything is verified. */
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, MockError } from '../errors.ts';

/** Makes its folder. Throws `MockError` `bad-option` where the file cannot be written; one that is there keeps its text. */
export function prepareReportFile(file: string): void {
  const isNew = !existsSync(file);
  explained(file, () => {
    mkdirSync(path.dirname(file), { recursive: true });
    closeSync(openSync(file, 'a'));
    // A run that breaks off leaves no empty report behind.
    if (isNew) rmSync(file);
  });
}

/** Throws `MockError` `bad-option` where the file cannot be written. */
export function writeReportFile(file: string, report: string): void {
  explained(file, () => writeFileSync(file, report));
}

function explained(file: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new MockError(
      'bad-option',
      `The report cannot be written to ${file}: ${messageOf(cause)}. Name a file that can be written by --output.`,
      { cause },
    );
  }
}
