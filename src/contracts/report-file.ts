/** The file for the report. It is checked before the verification starts. */
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { messageOf, MockError } from '../errors.ts';
import { makeFolderOf } from './make-folder.ts';

/** Creates its folder. Throws `MockError` `bad-option` if the file cannot be written. Keeps an existing file. */
export function prepareReportFile(file: string): void {
  const isNew = !existsSync(file);
  explained(file, 'bad-option', () => {
    makeFolderOf(file);
    closeSync(openSync(file, 'a'));
    // An interrupted run must not leave an empty report.
    if (isNew) rmSync(file);
  });
}

/** Throws `MockError` `verifier-failed` if the file can no longer be written. */
export function writeReportFile(file: string, report: string): void {
  explained(file, 'verifier-failed', () => writeFileSync(file, report));
}

function explained(file: string, code: 'bad-option' | 'verifier-failed', work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new MockError(
      code,
      `The report cannot be written to ${file}: ${messageOf(cause)}. Name a writable file with --output.`,
      { cause },
    );
  }
}
