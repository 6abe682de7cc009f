/** Answers that Django gives before it calls a view. */
import type { HttpRequest, Reply } from '../../messages/message.ts';
import type { Context } from '../framework.ts';
import { pageType } from './django-version.ts';
import type { Operation } from '../../openapi/operation.ts';

/** Django's answer if no URL pattern matches. */
export function notFoundPage(context: Context<unknown>): Reply {
  return page(context, 404, 'Not Found', 'The requested resource was not found on this server.');
}

/** Django's answer to a suspicious request. */
export function badRequestPage(context: Context<unknown>): Reply {
  return page(context, 400, 'Bad Request (400)', '');
}

/** Django's answer if a view fails and does not handle it. */
export function serverErrorPage(context: Context<unknown>): Reply {
  return page(context, 500, 'Server Error (500)', '');
}

/** APPEND_SLASH: true if the path would match with a trailing slash. */
export function lacksSlash(http: HttpRequest, operation: Operation): boolean {
  return operation.path.endsWith('/') && !http.path.endsWith('/');
}

/** The redirect keeps the query and the prefix before the path. */
export function redirectToSlash(http: HttpRequest): Reply {
  const before = new URL(http.baseUrl).pathname.replace(/\/$/, '');
  const query = http.query === '' ? '' : `?${http.query}`;
  return {
    status: 301,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      location: `${before}${http.path}/${query}`,
    },
    body: '',
  };
}

/** Django's error page if the project has no template of its own. */
function page(context: Context<unknown>, status: number, title: string, details: string): Reply {
  const body = `
<!doctype html>
<html lang="en">
<head>
  <title>${title}</title>
</head>
<body>
  <h1>${title}</h1><p>${details}</p>
</body>
</html>
`;
  return { status, headers: { 'content-type': pageType(context) }, body };
}
