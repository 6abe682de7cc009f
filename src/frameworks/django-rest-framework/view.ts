/** What OPTIONS answers: the framework's metadata of a view. */
import type { Context } from '../framework.ts';
import type { Reply } from '../../messages/message.ts';
import type { Operation } from '../../openapi/operation.ts';
import type { IblConfig } from '../../vendors/ibl/credentials.ts';

/** Names of the vendor's view classes are not known: ledger IBL-OPTIONS. */
const VIEW_CLASSES: Readonly<Record<string, string>> = {
  createProgramLicense: 'ProgramLicenseCreateView',
  updateProgramLicense: 'ProgramLicenseUpdateView',
  listProgramLicenses: 'ProgramLicenseView',
};

export function describeView(operation: Operation, context: Context<IblConfig>): Reply {
  context.note('IBL-OPTIONS');
  return {
    status: 200,
    body: {
      name: viewName(VIEW_CLASSES[operation.id] ?? capitalize(operation.id)),
      description: operation.summary,
      renders: ['application/json'],
      parses: ['application/json', 'application/x-www-form-urlencoded'],
    },
  };
}

/** `ProgramLicenseCreateView` is "Program License Create". */
function viewName(className: string): string {
  return className
    .replace(/View$/, '')
    .replaceAll(/(?<=[a-z])[A-Z]|[A-Z](?![A-Z]|$)/g, ' $&')
    .trim();
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
