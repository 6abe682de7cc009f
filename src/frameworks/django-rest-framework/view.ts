/** The methods that a view allows, and the metadata with which it answers OPTIONS. */
import type { Reply } from '../../messages/message.ts';
import type { Operation, Route } from '../../openapi/operation.ts';

/** In the framework's order. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Every view answers OPTIONS; a view that answers GET also answers HEAD. */
export function allowedMethods({ methods }: Route): readonly string[] {
  const allowed = new Set([...methods, 'OPTIONS', ...(methods.includes('GET') ? ['HEAD'] : [])]);
  return METHODS.filter((method) => allowed.has(method));
}

/** `viewClasses` is keyed by operation id. The media types are those that `readBody` and `encode` support. */
export function describeView(
  { id, summary }: Operation,
  viewClasses: Readonly<Record<string, string>>,
): Reply {
  return {
    status: 200,
    body: {
      name: viewName(viewClasses[id] ?? capitalize(id)),
      description: summary,
      renders: ['application/json'],
      parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    },
  };
}

/** `ProgramLicenseCreateView` becomes "Program License Create". */
function viewName(className: string): string {
  return className
    .replace(/View$/, '')
    .replaceAll(/(?<=[a-z])[A-Z]|[A-Z](?![A-Z]|$)/g, ' $&')
    .trim();
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
