/** What the errors of the mock mean: the sections of docs/errors.md, to which `type` of a problem document links. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCatalogue, MockError, type ErrorCode } from '../../errors.ts';
import { PACKAGE_FOLDER } from '../../package-folder.ts';
import { json, type Topic } from '../call.ts';

const FILE = path.join(PACKAGE_FOLDER, 'docs', 'errors.md');

export const errors: Topic = {
  async getError({ parameters }) {
    const code = parameters['error'] ?? '';
    if (!isCode(code)) {
      throw new MockError(
        'no-such-error',
        `There is no error "${code}". These exist: ${Object.keys(errorCatalogue).join(', ')}.`,
      );
    }
    return json({ code, ...errorCatalogue[code], description: describe(code) });
  },
};

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCatalogue, text);
}

/** A section: its heading, its status and title, what it means. */
function describe(code: ErrorCode): string {
  const section = readFileSync(FILE, 'utf8').split(`\n## ${code}\n`)[1]?.split('\n## ', 1)[0] ?? '';
  return section.trim().split('\n').slice(1).join('\n').trim();
}
