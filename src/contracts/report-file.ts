/** The file that a report is written to, tried before anything is verified. */
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, MockError } from '../errors.ts';

/** Makes its folder. Throws `MockError` `bad-option` where the file cannot be written; one that is there keeps its text. */
export function prepareReportFile(file: string): void {
  const isNew = !existsSync(file);
  explained(file, 'bad-option', () => {
    mkdirSync(path.dirname(file), { recursive: true });
    closeSync(openSync(file, 'a'));
    // A run that breaks off leaves no empty report behind.
    if (isNew) rmSync(file);
  });
}

/** Throws `MockError` `verifier-failed` where the file can be written no more. */
export function writeReportFile(file: string, report: string): void {
  explained(file, 'verifier-failed', () => writeFileSync(file, report));
}

function explained(file: string, code: 'bad-option' | 'verifier-failed', work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new MockError(
      code,
      `The report cannot be written to ${file}: ${messageOf(cause)}. Name a file that can be written by --output.`,
      { cause },
    );
  }
}
